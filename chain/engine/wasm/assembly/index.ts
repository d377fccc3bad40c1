/** What the host may call. Words cross as 32 big-endian bytes in the exchange area; everything else as numbers. */
import * as codes from "./code/codes"
import { HASH, bytesOf, intern, releaseTemporary, sizeOf } from "./code/codes"
import { defineOpcodes } from "./code/opcodes"
import { allocate, freeBlocks, heapTop, release } from "./heap"
import * as environment from "./machine/environment"
import { CODE, IS_CREATE, current, popFrame } from "./machine/frame"
import { logBuffer, logCount } from "./machine/logs"
import { output, outputSize, reserveOutput } from "./machine/output"
import { created, ending, execute, gasUsed, hasCreated, undoExecution } from "./machine/transaction"
import * as accounts from "./state/accounts"
import * as journal from "./state/journal"
import { nextEpoch } from "./state/epoch"
import * as slots from "./state/slots"
import { undoTo } from "./state/undo"
import { copyWord, loadWord, storeWord, storeZero } from "./words/bytes"

/** Words for the host to write before a call, and to read after it. */
const exchange: usize = memory.data(512, 16)

let input: usize = 0
let inputCapacity: usize = 0

export function start(anyCodeSize: bool): void {
  defineOpcodes()
  accounts.createAccounts()
  slots.createSlots()
  codes.createCodes()
  storeZero(environment.chainId)
  store<u8>(environment.chainId, 1)
  if (anyCodeSize) environment.liftCodeSize()
}

export function exchangeArea(): usize {
  return exchange
}

/** Room for the data of the next call. */
export function inputRoom(bytes: u32): usize {
  if (<usize>bytes > inputCapacity) {
    if (inputCapacity != 0) release(input, inputCapacity)
    inputCapacity = 0
    const wanted = max<usize>(65536, bytes)
    input = allocate(wanted)
    inputCapacity = wanted
  }
  return input
}

/** Exchange: coinbase, number, timestamp, prevRandao, gas limit, base fee, blob base fee. */
export function setBlock(): void {
  loadWord(environment.coinbase, exchange)
  loadWord(environment.blockNumber, exchange + 32)
  loadWord(environment.timestamp, exchange + 64)
  loadWord(environment.prevRandao, exchange + 96)
  loadWord(environment.blockGasLimit, exchange + 128)
  loadWord(environment.baseFee, exchange + 160)
  loadWord(environment.blobBaseFee, exchange + 192)
}

/** Exchange: sender, target, value, fee, priority fee. Data and access list lie in the input room. False: refused. */
export function transact(
  isCreation: bool,
  size: u32,
  gasLimit: i64,
  nonce: u64,
  hasNonce: bool,
  accessListAt: u32,
): bool {
  loadWord(environment.origin, exchange)
  loadWord(environment.target, exchange + 32)
  loadWord(environment.value, exchange + 64)
  loadWord(environment.maxFee, exchange + 96)
  loadWord(environment.maxPriorityFee, exchange + 128)
  const accessList: usize = accessListAt == 0 ? 0 : input + accessListAt
  return execute(isCreation, input, size, gasLimit, nonce, hasNonce, accessList)
}

/** Results of the last call, in the exchange area: how it ended, gas, output, logs, created address. */
export function writeResults(): void {
  store<i64>(exchange, gasUsed)
  store<i32>(exchange, ending, 8)
  store<u32>(exchange, output, 12)
  store<u32>(exchange, outputSize, 16)
  store<u32>(exchange, logBuffer(), 20)
  store<u32>(exchange, logCount(), 24)
  store<u32>(exchange, u32(hasCreated), 28)
  storeWord(exchange + 32, created)
}

/** For the host's precompiles. */
export function outputRoom(bytes: u32): usize {
  return reserveOutput(bytes)
}

/** After a trap or an error of the host in the middle of a call: as if there had been none. */
export function abandon(): void {
  while (current != 0) {
    if (load<u32>(current, IS_CREATE) != 0) releaseTemporary(load<usize>(current, CODE))
    popFrame()
  }
  undoExecution()
}

// Marks

export function journalMark(): u32 {
  return journal.mark()
}

/** Undoes everything since a mark, and takes away the records that came after these numbers of them. */
export function restore(mark: u32, accountCount: u32, slotCount: u32, codeCount: u32): void {
  undoTo(mark)
  nextEpoch()
  slots.truncateSlots(slotCount)
  accounts.truncateAccounts(accountCount)
  codes.truncateCodes(codeCount)
}

/** Forgets how to undo; now and then, what is zero, gone or used by nobody as well. */
export function forget(): void {
  journal.forget()
  if (slots.hasManySlots() || accounts.hasManyAccounts()) compact()
  if (codes.hasManyCodes()) sweep()
}

function compact(): void {
  accounts.planCompaction()
  slots.compactSlots()
  accounts.compactAccounts()
}

function sweep(): void {
  const count = accounts.accountCount()
  for (let i: u32 = 0; i < count; i++) codes.markUsed(accounts.codeOf(accounts.accountAt(i)))
  codes.sweepCodes()
}

// Reading and writing the state from outside a transaction

export { freeBlocks, heapTop }

export function accountCount(): u32 {
  return accounts.accountCount()
}

export function slotCount(): u32 {
  return slots.slotCount()
}

export function codeCount(): u32 {
  return codes.codeCount()
}

/** Exchange: an address. Gives the account's record. */
export function findAccount(): usize {
  loadWord(environment.target, exchange)
  return accounts.accountOf(environment.target)
}

export function accountAt(index: u32): usize {
  return accounts.accountAt(index)
}

/** Exchange: address, balance, code hash (or zeros), nonce, code's bytes and their number, storage number; true if the account exists. */
export function readAccount(account: usize): bool {
  storeWord(exchange, account + accounts.ADDRESS)
  storeWord(exchange + 32, account + accounts.BALANCE)
  const code = accounts.codeOf(account)
  if (code == 0) storeZero(exchange + 64)
  else memory.copy(exchange + 64, code + HASH, 32)
  store<u64>(exchange, accounts.nonceOf(account), 96)
  store<usize>(exchange, code == 0 ? <usize>0 : bytesOf(code), 104)
  store<u32>(exchange, sizeOf(code), 108)
  store<u32>(exchange, load<u32>(account, accounts.STORAGE_ID), 112)
  return accounts.exists(account)
}

/** Exchange: owner's storage number at 0, key at 32, value at 64; true if the slot counts. */
export function readSlot(index: u32): bool {
  const slot = slots.slotAt(index)
  store<u32>(exchange, load<u32>(slot, slots.OWNER))
  storeWord(exchange + 32, slot + slots.KEY)
  storeWord(exchange + 64, slot + slots.VALUE)
  return slots.isLive(slot)
}

/** Exchange: a key; becomes the value. */
export function readSlotOf(account: usize): void {
  loadWord(environment.value, exchange)
  storeWord(exchange, slots.slotOf(account, environment.value) + slots.VALUE)
}

/** Exchange: balance. The code's bytes lie in the input room. */
export function writeAccount(account: usize, nonce: u64, size: u32): void {
  nextEpoch()
  accounts.remove(account)
  accounts.setNonce(account, nonce)
  loadWord(environment.value, exchange)
  copyWord(accounts.changeBalance(account), environment.value)
  accounts.setCode(account, intern(input, size))
}

/** Exchange: key, value. */
export function writeSlot(account: usize): void {
  nextEpoch()
  loadWord(environment.value, exchange)
  loadWord(environment.maxFee, exchange + 32)
  slots.setSlot(account, slots.slotOf(account, environment.value), environment.maxFee)
}

/** Exchange: balance. */
export function writeBalance(account: usize): void {
  loadWord(environment.value, exchange)
  copyWord(accounts.changeBalance(account), environment.value)
}
