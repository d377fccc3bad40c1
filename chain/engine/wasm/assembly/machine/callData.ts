import { loadWord } from "../words/bytes"
import { CALL_DATA, CALL_DATA_SIZE } from "./frame"
import { clamped, copyPadded } from "./memory"

const padded: usize = memory.data(32, 16)

/** CALLDATALOAD: an offset becomes the 32 bytes there, zeros behind the end. */
export function loadCallData(frame: usize, word: usize): void {
  const offset = clamped(word)
  const data = load<usize>(frame, CALL_DATA)
  const size = <u64>load<u32>(frame, CALL_DATA_SIZE)
  if (offset + 32 <= size) {
    loadWord(word, data + <usize>offset)
    return
  }
  copyPadded(padded, data, size, offset, 32)
  loadWord(word, padded)
}
