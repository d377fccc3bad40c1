/**
 * An open-addressed index into an arena: linear probing, at most half full. An entry holds the 32-bit hash of a
 * record's key above its address; zero is an empty entry. A descriptor of 16 bytes holds: table, mask, count.
 *
 * Entries are in the table in the order of the arena, so that taking the youngest record away is a matter of emptying
 * its entry: nothing that is still there was ever pushed past it.
 */
import { allocateZeroed, release } from "../heap"
import { lengthOf, recordAt, truncate } from "./arena"

const MASK: usize = 4
const COUNT: usize = 8
const firstCapacity: u32 = 1024

/** Of `candidate`: there is no further one. */
export const NONE: u32 = 0xffffffff

/** The place of the next record with this hash, from a place on; start from the hash itself. */
export function candidate(index: usize, hash: u32, from: u32): u32 {
  const table = load<usize>(index)
  const mask = load<u32>(index, MASK)
  let place = from & mask
  let entry = load<u64>(table + ((<usize>place) << 3))
  while (entry != 0) {
    if (<u32>(entry >> 32) == hash) return place
    place = (place + 1) & mask
    entry = load<u64>(table + ((<usize>place) << 3))
  }
  return NONE
}

/** The record at the place of a candidate. */
export function recordIn(index: usize, place: u32): usize {
  return <usize>(<u32>load<u64>(load<usize>(index) + ((<usize>place) << 3)))
}

/** Makes an empty table; before anything is looked up. */
export function createIndex(index: usize): void {
  resize(index, firstCapacity)
}

/** Whatever is allocated is allocated first: a trap leaves the old table in place. */
function resize(index: usize, capacity: u32): void {
  const table = allocateZeroed((<usize>capacity) << 3)
  const before = load<usize>(index)
  if (before != 0) release(before, (<usize>load<u32>(index, MASK) + 1) << 3)
  store<usize>(index, table)
  store<u32>(index, capacity - 1, MASK)
  store<u32>(index, 0, COUNT)
}

/** Makes room for one more entry; before a record is appended to the arena. */
export function makeRoom(index: usize, arena: usize): void {
  if ((load<u32>(index, COUNT) + 1) * 2 > load<u32>(index, MASK)) rebuild(index, arena)
}

/** Enters every record of the arena into a new table that is at most a quarter full. */
export function rebuild(index: usize, arena: usize): void {
  const length = lengthOf(arena)
  let capacity = firstCapacity
  while (capacity < length * 4) capacity *= 2
  resize(index, capacity)
  for (let i: u32 = 0; i < length; i++) enter(index, recordAt(arena, i))
}

/** Enters the arena's youngest record. A record's first four bytes are its hash. */
export function enter(index: usize, record: usize): void {
  const table = load<usize>(index)
  const mask = load<u32>(index, MASK)
  const hash = load<u32>(record)
  let place = hash & mask
  while (load<u64>(table + ((<usize>place) << 3)) != 0) place = (place + 1) & mask
  store<u64>(table + ((<usize>place) << 3), ((<u64>hash) << 32) | (<u64>record))
  store<u32>(index, load<u32>(index, COUNT) + 1, COUNT)
}

/** Takes the records away that came after there were so many. */
export function takeBack(index: usize, arena: usize, length: u32): void {
  for (let i = lengthOf(arena); i > length; i--) removeYoungest(index, recordAt(arena, i - 1))
  truncate(arena, length)
}

/** Takes the youngest record out. */
function removeYoungest(index: usize, record: usize): void {
  const table = load<usize>(index)
  const mask = load<u32>(index, MASK)
  let place = load<u32>(record) & mask
  while (<usize>(<u32>load<u64>(table + ((<usize>place) << 3))) != record) place = (place + 1) & mask
  store<u64>(table + ((<usize>place) << 3), 0)
  store<u32>(index, load<u32>(index, COUNT) - 1, COUNT)
}
