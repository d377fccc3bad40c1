/** Jumps whose target is known when they are decoded, but not yet decoded itself. */
import { allocate, release } from "../heap"

let places: usize = 0
let placesBytes: usize = 0
let count: u32 = 0
let isTarget: usize = 0
let codeLength: u32 = 0

/** `entries` marks by program counter where jumps may land. */
export function startFixups(length: u32, entries: usize): void {
  codeLength = length
  isTarget = entries
  placesBytes = <usize>length * 4 + 4
  places = allocate(placesBytes)
  count = 0
}

export function canJumpTo(pc: u32): bool {
  return pc < codeLength && load<u32>(isTarget + ((<usize>pc) << 2)) != 0
}

/** At this place in the output a program counter stands for a block. */
export function addFixup(place: usize): void {
  store<u32>(places + ((<usize>count) << 2), <u32>place)
  count++
}

/** Replaces them by the blocks' addresses; `moved` is from the output to the stream. */
export function resolveFixups(moved: usize, entries: usize): void {
  for (let i: u32 = 0; i < count; i++) {
    const place = <usize>load<u32>(places + ((<usize>i) << 2)) + moved
    store<u32>(place, load<u32>(entries + ((<usize>load<u32>(place)) << 2)))
  }
  release(places, placesBytes)
}
