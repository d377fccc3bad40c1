import { permute } from "./keccakPermutation"

/** Bytes that one permutation takes in: 1088 bits of 1600 for a hash of 256. */
const RATE: usize = 136
const state: usize = memory.data(200, 16)

/** Keccak-256 as Ethereum uses it: the hash of `length` bytes at `input` as 32 bytes at `out`. */
export function keccak256(out: usize, input: usize, length: usize): void {
  clearState()
  while (length >= RATE) {
    for (let at: usize = 0; at < RATE; at += 8) addLane(at, load<u64>(input + at))
    permute(state)
    input += RATE
    length -= RATE
  }
  addLastBlock(input, length)
  permute(state)
  store<u64>(out, load<u64>(state))
  store<u64>(out, ~load<u64>(state, 8), 8)
  store<u64>(out, ~load<u64>(state, 16), 16)
  store<u64>(out, load<u64>(state, 24), 24)
}

/** All zero, as `permute` represents it. */
function clearState(): void {
  for (let at: usize = 0; at < 192; at += 16) v128.store(state + at, i64x2.splat(0))
  store<u64>(state, 0, 192)
  store<u64>(state, -1, 8)
  store<u64>(state, -1, 16)
  store<u64>(state, -1, 64)
  store<u64>(state, -1, 96)
  store<u64>(state, -1, 136)
  store<u64>(state, -1, 160)
}

function addLane(at: usize, lane: u64): void {
  store<u64>(state + at, load<u64>(state + at) ^ lane)
}

/** What is left of the input, then a bit 1, zeros, and a bit 1 at the block's end. */
function addLastBlock(input: usize, length: usize): void {
  let whole = length & ~7
  for (let at: usize = 0; at < whole; at += 8) addLane(at, load<u64>(input + at))
  let last: u64 = 1
  for (let at = length; at > whole; at--) last = (last << 8) | load<u8>(input + at - 1)
  addLane(whole, last)
  addLane(RATE - 8, 0x8000000000000000)
}
