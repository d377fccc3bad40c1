import { keccak256 } from "viem"
import { bytesToWord, readWord } from "./words.ts"

/** Keccak-256 of a piece of memory, as a word. */
export type KeccakMemo = (memory: Uint8Array, view: DataView, start: number, length: number) => bigint

/** Entries after which the memo starts anew; about 20 MB. */
const capacity = 65_536

const hash = (memory: Uint8Array, start: number, length: number): bigint =>
  bytesToWord(keccak256(memory.subarray(start, start + length), "bytes"))

/**
 * Hashes, and remembers hashes of 64 bytes: these are the slots of Solidity's mappings, which the same
 * transactions ask for again and again. The memo changes no result, only the time that it takes.
 */
export const createKeccakMemo = (): KeccakMemo => {
  let size = 0
  const memo = new Map<bigint, Map<bigint, bigint>>()

  return (memory, view, start, length) => {
    if (length !== 64) return hash(memory, start, length)
    const key = readWord(view, start)
    const slot = readWord(view, start + 32)
    let ofSlot = memo.get(slot)
    const known = ofSlot?.get(key)
    if (known !== undefined) return known
    if (++size > capacity) {
      memo.clear()
      size = 1
      ofSlot = undefined
    }
    if (ofSlot === undefined) memo.set(slot, (ofSlot = new Map()))
    const computed = hash(memory, start, length)
    ofSlot.set(key, computed)
    return computed
  }
}
