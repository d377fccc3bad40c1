/** The words that decoded instructions point to. */
import { allocate } from "../heap"
import { storeZero } from "../words/bytes"

/** The pool of the code that is being decoded; the caller of `decode` owns it afterwards. */
export let words: usize = 0
export let wordsBytes: usize = 0
let next: usize = 0

export function startPool(capacity: u32): void {
  wordsBytes = <usize>(capacity + 1) * 32
  words = allocate(wordsBytes)
  next = words
}

export function newWord(): usize {
  const word = next
  next += 32
  storeZero(word)
  return word
}
