/** The logs of a transaction, one behind the other: address as 32 bytes, counts of topics and bytes, topics as 32 bytes each, data. */
import { reallocate } from "../heap"
import { storeWord } from "../words/bytes"

const LOG_TOPICS: usize = 32
const LOG_BYTES: usize = 36
const headBytes: usize = 48

let buffer: usize = 0
let capacity: usize = 0
let used: usize = 0
let count: u32 = 0

export function logBuffer(): usize {
  return buffer
}

export function logMark(): u32 {
  return <u32>used
}

export function logCount(): u32 {
  return count
}

/** Back to a mark and the count of then. */
export function dropLogs(mark: u32, before: u32): void {
  used = mark
  count = before
}

/** `lastTopic` is the word of the last of the topics; those before it lie above, as on the stack. */
export function addLog(address: usize, topics: u32, firstTopic: usize, data: usize, size: u32): void {
  const needed = headBytes + ((<usize>topics) << 5) + ((<usize>size + 15) & ~15)
  if (used + needed > capacity) {
    let larger: usize = capacity == 0 ? 16384 : capacity
    while (used + needed > larger) larger *= 2
    buffer = reallocate(buffer, capacity, used, larger)
    capacity = larger
  }
  const log = buffer + used
  storeWord(log, address)
  store<u32>(log, topics, LOG_TOPICS)
  store<u32>(log, size, LOG_BYTES)
  for (let i: u32 = 0; i < topics; i++)
    storeWord(log + headBytes + ((<usize>i) << 5), firstTopic - ((<usize>i) << 5))
  memory.copy(log + headBytes + ((<usize>topics) << 5), data, size)
  used += needed
  count++
}
