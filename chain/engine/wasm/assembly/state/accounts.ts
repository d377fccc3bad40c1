/**
 * Accounts by address. Whoever asks gets a record, also of an account that does not exist: what is warm or touched has
 * to be remembered of those too. Changes go through the functions here, which keep the undo journal.
 */
import { append, compactionThreshold, lengthOf, recordAt, truncate } from "./arena"
import { NONE, candidate, createIndex, enter, makeRoom, rebuild, recordIn, takeBack } from "./hashIndex"
import { now } from "./epoch"
import * as journal from "./journal"
import { copyWord, storeZero } from "../words/bytes"
import { isZero } from "../words/compare"

const NONCE: usize = 8
export const STORAGE_ID: usize = 16
const SLOTS: usize = 20
const EXISTS: usize = 24
const WARM: usize = 28
export const BALANCE: usize = 32
const CODE: usize = 64
const TOUCHED: usize = 68
const CREATED: usize = 72
const DESTROYED: usize = 76
const PLACE: usize = 80
/** A word whose upper 96 bits are zero. */
export const ADDRESS: usize = 96

const arena: usize = memory.data(16)
const index: usize = memory.data(16)
let nextStorageId: u32 = 1
/** So many the last compaction left. */
let kept: u32 = 0
const ripemd160: u64 = 3
const lastPrecompile: u64 = 10
/** The precompile at address 3 stays touched even when its frame reverts: a quirk that mainnet kept. */
let ripemd160TouchedIn: u32 = 0

export function createAccounts(): void {
  createIndex(index)
}

function hashOf(l0: u64, l1: u64, l2: u64): u32 {
  let hash = l0 * 0x9e3779b97f4a7c15
  hash = (hash ^ (hash >> 29) ^ l1) * 0xbf58476d1ce4e5b9
  hash = (hash ^ (hash >> 32) ^ l2) * 0x94d049bb133111eb
  return <u32>(hash >> 32)
}

/** The highest bit is that of transient storage. */
function newStorageId(): u32 {
  if (nextStorageId >> 31 != 0) unreachable()
  return nextStorageId++
}

/** The record of the address in the low 160 bits of a word. */
export function accountOf(word: usize): usize {
  const l0 = load<u64>(word)
  const l1 = load<u64>(word, 8)
  const l2 = load<u64>(word, 16) & 0xffffffff
  const hash = hashOf(l0, l1, l2)
  for (let at = candidate(index, hash, hash); at != NONE; at = candidate(index, hash, at + 1)) {
    const record = recordIn(index, at)
    if (
      load<u64>(record, ADDRESS) == l0 &&
      load<u64>(record, ADDRESS + 8) == l1 &&
      load<u64>(record, ADDRESS + 16) == l2
    )
      return record
  }
  makeRoom(index, arena)
  const record = append(arena)
  store<u32>(record, hash)
  store<u32>(record, newStorageId(), STORAGE_ID)
  store<u64>(record, l0, ADDRESS)
  store<u64>(record, l1, ADDRESS + 8)
  store<u64>(record, l2, ADDRESS + 16)
  enter(index, record)
  return record
}

export function accountCount(): u32 {
  return lengthOf(arena)
}

export function accountAt(i: u32): usize {
  return recordAt(arena, i)
}

/** Takes the accounts away that came after there were so many; nothing may refer to them. */
export function truncateAccounts(length: u32): void {
  takeBack(index, arena, length)
}

/**
 * Drops the records of accounts that do not exist; outside transactions, with an empty journal. In two steps: between
 * them `newPlaceOf` says where an account will be.
 */
export function planCompaction(): void {
  const length = lengthOf(arena)
  let places: u32 = 0
  for (let i: u32 = 0; i < length; i++) {
    const record = recordAt(arena, i)
    if (exists(record)) store<usize>(record, recordAt(arena, places++), PLACE)
  }
}

export function newPlaceOf(account: usize): usize {
  return load<usize>(account, PLACE)
}

/** Whether so many records came since the last compaction that another one pays. */
export function hasManyAccounts(): bool {
  return lengthOf(arena) > kept * 2 + compactionThreshold
}

export function compactAccounts(): void {
  const length = lengthOf(arena)
  kept = 0
  for (let i: u32 = 0; i < length; i++) {
    const record = recordAt(arena, i)
    if (!exists(record)) continue
    const place = recordAt(arena, kept++)
    if (place != record) memory.copy(place, record, 128)
  }
  truncate(arena, kept)
  rebuild(index, arena)
}

export function exists(account: usize): bool {
  return load<u32>(account, EXISTS) != 0
}

export function nonceOf(account: usize): u64 {
  return load<u64>(account, NONCE)
}

/** 0 for no code. */
export function codeOf(account: usize): usize {
  return load<usize>(account, CODE)
}

/** EIP-161: no nonce, no balance, no code; to contracts the same as an account that does not exist. */
export function isEmpty(account: usize): bool {
  return load<u64>(account, NONCE) == 0 && load<usize>(account, CODE) == 0 && isZero(account + BALANCE)
}

export function slotsOf(account: usize): u32 {
  return load<u32>(account, SLOTS)
}

export function wasCreatedNow(account: usize): bool {
  return load<u32>(account, CREATED) == now()
}

function come(account: usize): void {
  if (load<u32>(account, EXISTS) != 0) return
  store<u64>(journal.note(journal.ACCOUNT_EXISTS, account), 0, journal.ENTRY_NUMBER)
  store<u32>(account, 1, EXISTS)
}

export function setNonce(account: usize, nonce: u64): void {
  come(account)
  store<u64>(journal.note(journal.ACCOUNT_NONCE, account), load<u64>(account, NONCE), journal.ENTRY_NUMBER)
  store<u64>(account, nonce, NONCE)
}

/** Notes the balance; the caller then changes it in place. */
export function changeBalance(account: usize): usize {
  come(account)
  const balance = account + BALANCE
  copyWord(journal.note(journal.ACCOUNT_BALANCE, account) + journal.ENTRY_WORD, balance)
  return balance
}

export function setCode(account: usize, code: usize): void {
  come(account)
  store<u64>(journal.note(journal.ACCOUNT_CODE, account), load<usize>(account, CODE), journal.ENTRY_NUMBER)
  store<usize>(account, code, CODE)
}

/** Warms an address; true when it was warm before (EIP-2929), as precompiles always are. */
export function warm(account: usize): bool {
  if (load<u32>(account, WARM) == now() || isPrecompile(account)) return true
  journal.note(journal.ACCOUNT_WARM, account)
  store<u32>(account, now(), WARM)
  return false
}

/** An empty account that was touched disappears at the end of the transaction (EIP-161). */
export function touch(account: usize): void {
  come(account)
  if (load<u32>(account, TOUCHED) == now()) return
  journal.note(journal.ACCOUNT_TOUCHED, account)
  store<u32>(account, now(), TOUCHED)
  if (load<u64>(account, ADDRESS) == ripemd160 && isPrecompile(account)) ripemd160TouchedIn = now()
}

/** Addresses 1 to 10; EIP-4844's point evaluation is the tenth. */
export function isPrecompile(account: usize): bool {
  const low = load<u64>(account, ADDRESS)
  if (low == 0 || low > lastPrecompile) return false
  return (load<u64>(account, ADDRESS + 8) | load<u64>(account, ADDRESS + 16)) == 0
}

export function ripemd160WasTouched(): bool {
  return ripemd160TouchedIn == now()
}

export function markCreated(account: usize): void {
  if (load<u32>(account, CREATED) == now()) return
  store<u64>(
    journal.note(journal.ACCOUNT_CREATED, account),
    load<u32>(account, CREATED),
    journal.ENTRY_NUMBER,
  )
  store<u32>(account, now(), CREATED)
}

export function markDestroyed(account: usize): void {
  if (load<u32>(account, DESTROYED) == now()) return
  journal.note(journal.ACCOUNT_DESTROYED, account)
  store<u32>(account, now(), DESTROYED)
}

/** The account as if it had never been; its storage is left behind under the old number. */
export function remove(account: usize): void {
  if (!exists(account)) return
  setNonce(account, 0)
  storeZero(changeBalance(account))
  setCode(account, 0)
  if (slotsOf(account) != 0) dropStorage(account)
  store<u64>(journal.note(journal.ACCOUNT_EXISTS, account), 1, journal.ENTRY_NUMBER)
  store<u32>(account, 0, EXISTS)
}

export function dropStorage(account: usize): void {
  const before = ((<u64>load<u32>(account, SLOTS)) << 32) | (<u64>load<u32>(account, STORAGE_ID))
  store<u64>(journal.note(journal.ACCOUNT_STORAGE, account), before, journal.ENTRY_NUMBER)
  store<u32>(account, newStorageId(), STORAGE_ID)
  store<u32>(account, 0, SLOTS)
}

/** One slot more or less that is not zero. */
export function countSlots(account: usize, change: i32): void {
  store<u32>(account, load<u32>(account, SLOTS) + change, SLOTS)
}

/** Undoes one entry of the journal that concerns an account. */
export function undoAccount(kind: u32, account: usize, entry: usize): void {
  const number = load<u64>(entry, journal.ENTRY_NUMBER)
  switch (kind) {
    case journal.ACCOUNT_WARM:
      store<u32>(account, 0, WARM)
      break
    case journal.ACCOUNT_NONCE:
      store<u64>(account, number, NONCE)
      break
    case journal.ACCOUNT_BALANCE:
      copyWord(account + BALANCE, entry + journal.ENTRY_WORD)
      break
    case journal.ACCOUNT_CODE:
      store<usize>(account, <usize>number, CODE)
      break
    case journal.ACCOUNT_EXISTS:
      store<u32>(account, <u32>number, EXISTS)
      break
    case journal.ACCOUNT_TOUCHED:
      store<u32>(account, 0, TOUCHED)
      break
    case journal.ACCOUNT_CREATED:
      store<u32>(account, <u32>number, CREATED)
      break
    case journal.ACCOUNT_DESTROYED:
      store<u32>(account, 0, DESTROYED)
      break
    case journal.ACCOUNT_STORAGE:
      store<u32>(account, <u32>number, STORAGE_ID)
      store<u32>(account, <u32>(number >> 32), SLOTS)
      break
    default:
      unreachable()
  }
}
