/**
 * Code by its hash: each is kept and decoded once, for all accounts that have it. Init code is decoded for its one frame
 * and released with it. A code is its hash, bytes, length, and what `decode` made of it.
 */
import { allocate, allocateZeroed, release } from "../heap"
import { keccak256 } from "../keccak"
import { append, lengthOf, recordAt } from "../state/arena"
import { NONE, candidate, createIndex, enter, makeRoom, recordIn, takeBack } from "../state/hashIndex"
import { decode, entries, stream, streamBytes } from "./decode"
import { releasePool, words } from "./pool"

const HASH32: usize = 0
const BYTES: usize = 4
const LENGTH: usize = 8
const STREAM: usize = 12
const ENTRIES: usize = 16
const WORDS: usize = 20
const STREAM_BYTES: usize = 24
const IS_USED: usize = 28
/** Keccak-256 as bytes, not as a word. */
export const HASH: usize = 32

/** Behind the code, so that a push at its end reads zeros. */
const padding: usize = 33
/** What comes before the hash. */
const partsBytes: usize = 32
/** Fewer codes more than twice those that the last sweep left are not worth another one. */
const sweepThreshold: u32 = 64

const arena: usize = memory.data(16)
const index: usize = memory.data(16)
const hashOfNew: usize = memory.data(32, 16)
/** Codes that are decoded, and how many of them the last sweep left. */
let decoded: u32 = 0
let kept: u32 = 0

export function createCodes(): void {
  createIndex(index)
}

export function bytesOf(code: usize): usize {
  return load<usize>(code, BYTES)
}

export function sizeOf(code: usize): u32 {
  return code == 0 ? 0 : load<u32>(code, LENGTH)
}

export function streamOf(code: usize): usize {
  return load<usize>(code, STREAM)
}

export function entriesOf(code: usize): usize {
  return load<usize>(code, ENTRIES)
}

/** The code of these bytes: the one that is known, or a new one. No bytes are no code: 0. */
export function intern(bytes: usize, size: u32): usize {
  if (size == 0) return 0
  keccak256(hashOfNew, bytes, size)
  const hash32 = load<u32>(hashOfNew)
  for (let at = candidate(index, hash32, hash32); at != NONE; at = candidate(index, hash32, at + 1)) {
    const known = recordIn(index, at)
    if (memory.compare(known + HASH, hashOfNew, 32) != 0) continue
    if (streamOf(known) == 0) {
      fill(known, bytes, size)
      decoded++
    }
    return known
  }
  return add(hash32, bytes, size)
}

/** Whatever may trap for want of memory comes first: a record is never without its entry in the index. */
function add(hash32: u32, bytes: usize, size: u32): usize {
  const parts = temporary(bytes, size)
  makeRoom(index, arena)
  const code = append(arena)
  memory.copy(code, parts, partsBytes)
  release(parts, partsBytes)
  store<u32>(code, hash32, HASH32)
  memory.copy(code + HASH, hashOfNew, 32)
  enter(index, code)
  decoded++
  return code
}

export function codeCount(): u32 {
  return lengthOf(arena)
}

/** Takes the codes away that came after there were so many; no account may have them. */
export function truncateCodes(length: u32): void {
  for (let i = length; i < lengthOf(arena); i++) drop(recordAt(arena, i))
  takeBack(index, arena, length)
}

export function hasManyCodes(): bool {
  return decoded > kept * 2 + sweepThreshold
}

export function markUsed(code: usize): void {
  if (code != 0) store<u32>(code, 1, IS_USED)
}

/** Releases codes that were not marked: hash and place stay, for when the same code comes back. */
export function sweepCodes(): void {
  const length = lengthOf(arena)
  for (let i: u32 = 0; i < length; i++) {
    const code = recordAt(arena, i)
    if (load<u32>(code, IS_USED) == 0) drop(code)
    store<u32>(code, 0, IS_USED)
  }
  kept = decoded
}

function drop(code: usize): void {
  if (streamOf(code) == 0) return
  releaseParts(code)
  store<usize>(code, 0, STREAM)
  decoded--
}

/** Code for one frame; give it back with `releaseTemporary`. */
export function temporary(bytes: usize, size: u32): usize {
  const code = allocateZeroed(partsBytes)
  fill(code, bytes, size)
  return code
}

export function releaseTemporary(code: usize): void {
  releaseParts(code)
  release(code, partsBytes)
}

function releaseParts(code: usize): void {
  const size = load<u32>(code, LENGTH)
  release(bytesOf(code), <usize>size + padding)
  release(streamOf(code), load<usize>(code, STREAM_BYTES))
  release(entriesOf(code), <usize>size * 4 + 4)
  releasePool(load<usize>(code, WORDS))
}

function fill(code: usize, bytes: usize, size: u32): void {
  const copy = allocate(<usize>size + padding)
  memory.copy(copy, bytes, size)
  memory.fill(copy + size, 0, padding)
  decode(copy, size)
  store<usize>(code, copy, BYTES)
  store<u32>(code, size, LENGTH)
  store<usize>(code, stream, STREAM)
  store<usize>(code, streamBytes, STREAM_BYTES)
  store<usize>(code, entries, ENTRIES)
  store<usize>(code, words, WORDS)
}
