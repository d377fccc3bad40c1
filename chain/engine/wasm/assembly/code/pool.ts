/** The words that decoded instructions point to, in chunks that grow with the need. A chunk's first word links to the next. */
import { allocate, release } from "../heap"
import { storeZero } from "../words/bytes"

const wordBytes: usize = 32
const chunkBytes: usize = 2048

/** The chunks of the code that is being decoded, the youngest first; the caller of `decode` owns them afterwards. */
export let words: usize = 0
let next: usize = 0

export function startPool(): void {
  words = 0
  next = 0
}

/** A zero word. */
export function newWord(): usize {
  if (next == 0 || next == words + chunkBytes) {
    const chunk = allocate(chunkBytes)
    store<usize>(chunk, words)
    words = chunk
    next = chunk + wordBytes
  }
  const word = next
  next += wordBytes
  storeZero(word)
  return word
}

export function releasePool(chunks: usize): void {
  while (chunks != 0) {
    const older = load<usize>(chunks)
    release(chunks, chunkBytes)
    chunks = older
  }
}
