/**
 * Storage slots by (storage number of an account, key). A record holds the value, the value before the transaction, and
 * whether the slot is warm, so that one look-up serves a load or a store. Transient slots (EIP-1153) live in the same
 * table under numbers of their own; their values count in the epoch that wrote them only.
 */
import { append, compactionThreshold, lengthOf, recordAt, truncate } from "./arena"
import { STORAGE_ID, countSlots, newPlaceOf } from "./accounts"
import { NONE, candidate, createIndex, enter, makeRoom, rebuild, recordIn, takeBack } from "./hashIndex"
import { now } from "./epoch"
import * as journal from "./journal"
import { copyWord, storeZero } from "../words/bytes"
import { equal, isZero } from "../words/compare"

export const OWNER: usize = 4
const WARM: usize = 8
const WRITTEN: usize = 12
const ACCOUNT: usize = 16
export const KEY: usize = 32
export const VALUE: usize = 64
const ORIGINAL: usize = 96
const transient: u32 = 0x80000000

const arena: usize = memory.data(16)
const index: usize = memory.data(16)
/** So many the last compaction left. */
let kept: u32 = 0

export function createSlots(): void {
  createIndex(index)
}

function hashOf(owner: u32, key: usize): u32 {
  let hash = (load<u64>(key) ^ ((<u64>owner) << 32)) * 0x9e3779b97f4a7c15
  hash = (hash ^ (hash >> 32) ^ load<u64>(key, 8)) * 0xbf58476d1ce4e5b9
  hash = (hash ^ (hash >> 32) ^ load<u64>(key, 16)) * 0x94d049bb133111eb
  hash = (hash ^ (hash >> 32) ^ load<u64>(key, 24)) * 0x9e3779b97f4a7c15
  return <u32>(hash >> 32)
}

function recordOf(account: usize, owner: u32, key: usize): usize {
  const hash = hashOf(owner, key)
  for (let at = candidate(index, hash, hash); at != NONE; at = candidate(index, hash, at + 1)) {
    const record = recordIn(index, at)
    if (load<u32>(record, OWNER) == owner && equal(record + KEY, key)) return record
  }
  makeRoom(index, arena)
  const record = append(arena)
  store<u32>(record, hash)
  store<u32>(record, owner, OWNER)
  store<usize>(record, account, ACCOUNT)
  copyWord(record + KEY, key)
  enter(index, record)
  return record
}

export function slotOf(account: usize, key: usize): usize {
  return recordOf(account, load<u32>(account, STORAGE_ID), key)
}

export function slotCount(): u32 {
  return lengthOf(arena)
}

/** Whether so many records came since the last compaction that another one pays. */
export function hasManySlots(): bool {
  return lengthOf(arena) > kept * 2 + compactionThreshold
}

export function slotAt(i: u32): usize {
  return recordAt(arena, i)
}

export function truncateSlots(length: u32): void {
  takeBack(index, arena, length)
}

/**
 * Drops the records of slots that are zero or whose account dropped its storage; outside transactions, with an empty
 * journal, after the accounts have planned their new places and before they take them.
 */
export function compactSlots(): void {
  const length = lengthOf(arena)
  kept = 0
  for (let i: u32 = 0; i < length; i++) {
    const record = recordAt(arena, i)
    if (!isLive(record)) continue
    store<usize>(record, newPlaceOf(load<usize>(record, ACCOUNT)), ACCOUNT)
    const place = recordAt(arena, kept++)
    if (place != record) memory.copy(place, record, 128)
  }
  truncate(arena, kept)
  rebuild(index, arena)
}

export function isLive(record: usize): bool {
  const account = load<usize>(record, ACCOUNT)
  return load<u32>(record, OWNER) == load<u32>(account, STORAGE_ID) && !isZero(record + VALUE)
}

/** Warms a slot; true when it was warm before (EIP-2929). */
export function warmSlot(slot: usize): bool {
  if (load<u32>(slot, WARM) == now()) return true
  journal.note(journal.SLOT_WARM, slot)
  store<u32>(slot, now(), WARM)
  return false
}

/** The word that the slot held when the transaction began. */
export function originalOf(slot: usize): usize {
  return slot + (load<u32>(slot, WRITTEN) == now() ? ORIGINAL : VALUE)
}

export function setSlot(account: usize, slot: usize, value: usize): void {
  if (load<u32>(slot, WRITTEN) != now()) {
    copyWord(slot + ORIGINAL, slot + VALUE)
    store<u32>(slot, now(), WRITTEN)
  }
  const entry = journal.note(journal.SLOT_VALUE, slot)
  copyWord(entry + journal.ENTRY_WORD, slot + VALUE)
  put(account, slot, value)
}

function put(account: usize, slot: usize, value: usize): void {
  const change = i32(!isZero(value)) - i32(!isZero(slot + VALUE))
  if (change != 0) countSlots(account, change)
  copyWord(slot + VALUE, value)
}

export function undoSlotValue(slot: usize, entry: usize): void {
  put(load<usize>(slot, ACCOUNT), slot, entry + journal.ENTRY_WORD)
}

export function undoSlotWarm(slot: usize): void {
  store<u32>(slot, 0, WARM)
}

export function transientOf(account: usize, key: usize): usize {
  return recordOf(account, load<u32>(account, STORAGE_ID) | transient, key)
}

/** The present value of a transient slot: all zeros unless this transaction wrote it. */
export function loadTransient(out: usize, slot: usize): void {
  if (load<u32>(slot, WRITTEN) == now()) copyWord(out, slot + VALUE)
  else storeZero(out)
}

export function setTransient(slot: usize, value: usize): void {
  const entry = journal.note(journal.SLOT_TRANSIENT, slot)
  loadTransient(entry + journal.ENTRY_WORD, slot)
  store<u32>(slot, now(), WRITTEN)
  copyWord(slot + VALUE, value)
}

export function undoTransient(slot: usize, entry: usize): void {
  copyWord(slot + VALUE, entry + journal.ENTRY_WORD)
}
