/**
 * The undo journal: what a world was before each change, oldest first. A mark is a length; going back to a mark undoes
 * everything younger, in time proportional to what changed. Entries of 48 bytes: kind, record, 8 bytes, a word.
 */
import { reallocate } from "../heap"

const entryBytes: usize = 48

export const SLOT_VALUE: u32 = 1
export const SLOT_WARM: u32 = 2
export const SLOT_TRANSIENT: u32 = 3
export const ACCOUNT_WARM: u32 = 4
export const ACCOUNT_NONCE: u32 = 5
export const ACCOUNT_BALANCE: u32 = 6
export const ACCOUNT_CODE: u32 = 7
export const ACCOUNT_EXISTS: u32 = 8
export const ACCOUNT_TOUCHED: u32 = 9
export const ACCOUNT_CREATED: u32 = 10
export const ACCOUNT_DESTROYED: u32 = 11
export const ACCOUNT_STORAGE: u32 = 12

export const ENTRY_RECORD: usize = 4
export const ENTRY_NUMBER: usize = 8
export const ENTRY_WORD: usize = 16

let entries: usize = 0
let capacity: usize = 0
let used: usize = 0

/** The mark of now. */
export function mark(): u32 {
  return <u32>(used / entryBytes)
}

/** A new youngest entry; its number and word are the caller's to fill in. */
export function note(kind: u32, record: usize): usize {
  if (used + entryBytes > capacity) {
    const larger: usize = capacity == 0 ? 65536 : capacity * 2
    entries = reallocate(entries, capacity, used, larger)
    capacity = larger
  }
  const entry = entries + used
  used += entryBytes
  store<u32>(entry, kind)
  store<u32>(entry, <u32>record, ENTRY_RECORD)
  return entry
}

/** The youngest entry, which is taken away; the caller undoes it. */
export function takeYoungest(): usize {
  used -= entryBytes
  return entries + used
}

/** What the entry of this number is about, if it is of this kind; else 0. */
export function recordOf(index: u32, kind: u32): usize {
  const entry = entries + <usize>index * entryBytes
  return load<u32>(entry) == kind ? <usize>load<u32>(entry, ENTRY_RECORD) : 0
}

/** Nothing of before can be undone any more. */
export function forget(): void {
  used = 0
}
