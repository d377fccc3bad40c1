/** Arithmetic on constants while decoding: compilers write masks as `(1 << 160) - 1`. */
import { subtract } from "../words/addition"
import { shiftLeft } from "../words/shift"
import { ARGUMENT, PUSH_SMALL, PUSH_WORD } from "./instructions"
import { newWord } from "./pool"

const NOT: u32 = 0x19
const SUB: u32 = 0x03

const top: usize = memory.data(32, 16)
const below: usize = memory.data(32, 16)

/** Replaces the pushes from `place` on by one push of the result. */
export function fold(opcode: u32, place: usize): void {
  if (opcode == NOT) {
    valueOf(below, place)
    for (let limb: usize = 0; limb < 32; limb += 8) store<u64>(below + limb, ~load<u64>(below + limb))
  } else {
    valueOf(below, place)
    valueOf(top, place + 8)
    if (opcode == SUB) subtract(below, top, below)
    else shiftLeft(below, top, below)
  }
  push(place)
}

function valueOf(out: usize, push: usize): void {
  const argument = load<u32>(push, ARGUMENT)
  if (load<u32>(push) == PUSH_WORD) {
    memory.copy(out, <usize>argument, 32)
    return
  }
  memory.fill(out, 0, 32)
  store<u32>(out, argument)
}

function push(place: usize): void {
  const small = load<u64>(below)
  const isSmall = (load<u64>(below, 8) | load<u64>(below, 16) | load<u64>(below, 24) | (small >> 32)) == 0
  if (isSmall) {
    store<u32>(place, PUSH_SMALL)
    store<u32>(place, <u32>small, ARGUMENT)
    return
  }
  const word = newWord()
  memory.copy(word, below, 32)
  store<u32>(place, PUSH_WORD)
  store<u32>(place, <u32>word, ARGUMENT)
}
