/**
 * Frames: one for each call that is under way. Their records are kept for the next call at the same depth, each with
 * its stack of 1,024 words and its memory. The call depth is bounded by the EVM, not by the host's stack.
 */
import { allocate, release } from "../heap"
import { streamOf } from "../code/codes"
import { stackBytes } from "../code/instructions"

export const GAS: usize = 0
/** The block to go on with. */
export const POINTER: usize = 8
export const STACK_POINTER: usize = 12
export const STACK: usize = 16
export const MEMORY: usize = 20
export const MEMORY_SIZE: usize = 24
const MEMORY_CAPACITY: usize = 28
export const CODE: usize = 32
/** The account whose storage and balance the code works on. */
export const ACCOUNT: usize = 36
export const CALL_DATA: usize = 40
export const CALL_DATA_SIZE: usize = 44
export const IS_STATIC: usize = 48
export const DEPTH: usize = 52
export const JOURNAL_MARK: usize = 56
export const LOGS_MARK: usize = 60
export const REFUND_MARK: usize = 64
/** Where in the parent's memory the output goes, and how much of it. */
export const OUT_OFFSET: usize = 72
export const OUT_SIZE: usize = 76
/** Runs init code. */
export const IS_CREATE: usize = 80
export const PARENT: usize = 84
const CHILD: usize = 88
export const LOG_COUNT_MARK: usize = 92
export const VALUE: usize = 96
export const CALLER: usize = 128
const frameBytes: usize = 192

/** A frame keeps no more memory than this for the next call. */
const keptMemoryBytes: usize = 1 << 20

/** 0 when nothing is under way. */
export let current: usize = 0
let outermost: usize = 0

/** The next deeper frame, with its stack and memory empty, as the current one. Everything else is the caller's to fill in. */
export function pushFrame(): usize {
  const parent = current
  let frame = parent == 0 ? outermost : load<usize>(parent, CHILD)
  if (frame == 0) {
    frame = allocate(frameBytes)
    memory.fill(frame, 0, frameBytes)
    store<usize>(frame, allocate(stackBytes), STACK)
    store<usize>(frame, parent, PARENT)
    store<u32>(frame, parent == 0 ? 0 : load<u32>(parent, DEPTH) + 1, DEPTH)
    if (parent == 0) outermost = frame
    else store<usize>(parent, frame, CHILD)
  }
  store<usize>(frame, load<usize>(frame, STACK), STACK_POINTER)
  store<u32>(frame, 0, MEMORY_SIZE)
  current = frame
  return frame
}

export function popFrame(): void {
  const frame = current
  if (load<u32>(frame, MEMORY_CAPACITY) > <u32>keptMemoryBytes) {
    release(load<usize>(frame, MEMORY), load<u32>(frame, MEMORY_CAPACITY))
    store<usize>(frame, 0, MEMORY)
    store<u32>(frame, 0, MEMORY_CAPACITY)
  }
  current = load<usize>(frame, PARENT)
}

/** Starts at the beginning of a code. */
export function startCode(frame: usize, code: usize): void {
  store<usize>(frame, code, CODE)
  store<usize>(frame, streamOf(code), POINTER)
}

/** Makes the memory so many bytes long, a multiple of 32; what is new is zero. */
export function resizeMemory(frame: usize, size: u32): void {
  const used = load<u32>(frame, MEMORY_SIZE)
  const capacity = load<u32>(frame, MEMORY_CAPACITY)
  if (size > capacity) {
    const larger = max<u32>(4096, 1 << (32 - clz<u32>(size - 1)))
    const memoryOfFrame = allocate(larger)
    memory.copy(memoryOfFrame, load<usize>(frame, MEMORY), used)
    if (capacity != 0) release(load<usize>(frame, MEMORY), capacity)
    store<usize>(frame, memoryOfFrame, MEMORY)
    store<u32>(frame, larger, MEMORY_CAPACITY)
  }
  memory.fill(load<usize>(frame, MEMORY) + used, 0, size - used)
  store<u32>(frame, size, MEMORY_SIZE)
}
