/** The output of the last call: what RETURNDATACOPY reads, and what the host gets in the end. One buffer serves all frames, since a call replaces what the one before returned. */
import { allocate, release } from "../heap"

export let output: usize = 0
export let outputSize: u32 = 0
let capacity: u32 = 0

export function clearOutput(): void {
  outputSize = 0
}

/** Makes room for an output of so many bytes, which the caller writes. */
export function reserveOutput(size: u32): usize {
  if (size > capacity) {
    if (capacity != 0) release(output, capacity)
    capacity = max<u32>(4096, 1 << (32 - clz<u32>(size - 1)))
    output = allocate(capacity)
  }
  outputSize = size
  return output
}

export function setOutput(from: usize, size: u32): void {
  memory.copy(reserveOutput(size), from, size)
}
