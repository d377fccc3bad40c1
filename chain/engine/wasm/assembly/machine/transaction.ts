/**
 * A transaction of Cancun from its checks to its end: nonce, fees, intrinsic gas, access list, the outermost call or
 * creation, refunds, the accounts that disappear.
 */
import {
  enterInitCode,
  initCodeWordGas,
  maxInitCodeBytes,
  newAddress,
  nextAddress,
} from "../operations/creates"
import { move, prepare } from "../operations/calls"
import { canPay, credit, debit } from "../operations/transfer"
import { HOST_FAILED, runPrecompile } from "../precompiles/precompiles"
import * as accounts from "../state/accounts"
import * as journal from "../state/journal"
import { nextEpoch } from "../state/epoch"
import { slotOf, warmSlot } from "../state/slots"
import { undoTo } from "../state/undo"
import { add, subtract } from "../words/addition"
import { copyWord, loadWord, storeZero } from "../words/bytes"
import { isZero, lessThan } from "../words/compare"
import { multiplyFull } from "../words/multiply"
import { setNumber } from "../words/numbers"
import * as environment from "./environment"
import { ACCOUNT, CALLER, IS_STATIC, OUT_OFFSET, OUT_SIZE, VALUE, pushFrame } from "./frame"
import { DONE, OK, OUT_OF_GAS, PRECOMPILE_FAILED, SWITCHED, VALUE_OVERFLOW } from "./halts"
import { run } from "./interpreter"
import { gasAtEnd, outcome } from "./leave"
import { dropLogs } from "./logs"
import { gasPerWord } from "./memory"
import { clearOutput } from "./output"
import { refundMark, setRefund } from "./refunds"

const baseGas: i64 = 21000
const creationGas: i64 = 32000
const zeroByteGas: i64 = 4
const otherByteGas: i64 = 16
const listedAddressGas: i64 = 2400
const listedSlotGas: i64 = 1900
/** EIP-3529: at most a fifth of the gas used is refunded. */
const refundQuotient: i64 = 5

/** How the transaction ended (`machine/halts`), and the gas that it used. */
export let ending: i32 = 0
export let gasUsed: i64 = 0
export let hasCreated: bool = false

let isUnderWay: bool = false
/** Where the journal stood when the transaction began. */
let begun: u32 = 0

const fee: usize = memory.data(64, 16)
const number: usize = memory.data(32, 16)

/**
 * False for a transaction that no block could contain; the host finds the words. `isCreation`: the data are init code,
 * and there is no target. Access list as `gasOfAccessList` reads it.
 */
export function execute(
  isCreation: bool,
  data: usize,
  size: u32,
  gasLimit: i64,
  nonce: u64,
  hasNonce: bool,
  accessList: usize,
): bool {
  nextEpoch()
  begun = journal.mark()
  isUnderWay = true
  const sender = accounts.accountOf(environment.origin)
  const intrinsic = intrinsicGas(isCreation, data, size) + gasOfAccessList(accessList)
  if (!isValid(sender, isCreation, size, gasLimit, intrinsic, nonce, hasNonce)) {
    isUnderWay = false
    return false
  }
  setRefund(0)
  dropLogs(0, 0)
  clearOutput()
  hasCreated = false
  setGasPrice()
  payFee(sender, gasLimit)
  warmUp(sender, isCreation, accessList)
  accounts.setNonce(sender, accounts.nonceOf(sender) + 1)
  const gas = gasLimit - intrinsic
  const left = isCreation ? createOutermost(sender, data, size, gas) : callOutermost(sender, data, size, gas)
  settle(sender, gasLimit, left)
  removeDestroyed()
  removeTouched()
  isUnderWay = false
  return true
}

function intrinsicGas(isCreation: bool, data: usize, size: u32): i64 {
  let zeros: u32 = 0
  for (let i: u32 = 0; i < size; i++) zeros += u32(load<u8>(data + i) == 0)
  const creation: i64 = isCreation ? creationGas + gasPerWord(size, initCodeWordGas) : 0
  return baseGas + creation + <i64>zeros * zeroByteGas + <i64>(size - zeros) * otherByteGas
}

function isValid(
  sender: usize,
  isCreation: bool,
  size: u32,
  gasLimit: i64,
  intrinsic: i64,
  nonce: u64,
  hasNonce: bool,
): bool {
  if (gasLimit < intrinsic) return false
  if (isCreation && size > maxInitCodeBytes && !environment.anyCodeSize) return false
  if (accounts.codeOf(sender) != 0) return false
  const own = accounts.nonceOf(sender)
  if ((hasNonce && own != nonce) || own == u64.MAX_VALUE) return false
  if (lessThan(environment.maxFee, environment.maxPriorityFee)) return false
  if (lessThan(environment.maxFee, environment.baseFee)) return false
  if (!feeFor(environment.maxFee, gasLimit)) return false
  if (add(fee, environment.value)) return false
  return canPay(sender + accounts.BALANCE, fee)
}

/** The fee for so much gas; false when it does not fit in a word. */
function feeFor(price: usize, gas: i64): bool {
  storeZero(number)
  store<i64>(number, gas)
  multiplyFull(fee, price, number)
  return isZero(fee + 32)
}

function setGasPrice(): void {
  copyWord(environment.gasPrice, environment.baseFee)
  const tooLarge = add(environment.gasPrice, environment.maxPriorityFee)
  if (tooLarge || lessThan(environment.maxFee, environment.gasPrice))
    copyWord(environment.gasPrice, environment.maxFee)
}

function payFee(sender: usize, gasLimit: i64): void {
  if (isZero(environment.gasPrice)) return
  feeFor(environment.gasPrice, gasLimit)
  debit(sender, fee)
}

/** Entries: a count, then for each an address, a count, and the keys; everything in 32 bytes. 0 for no list. */
function gasOfAccessList(list: usize): i64 {
  if (list == 0) return 0
  const entries = load<u32>(list)
  let gas: i64 = 0
  let cursor = list + 32
  for (let i: u32 = 0; i < entries; i++) {
    const keys = load<u32>(cursor, 32)
    gas += listedAddressGas + <i64>keys * listedSlotGas
    cursor += 64 + ((<usize>keys) << 5)
  }
  return gas
}

/** EIP-2929, EIP-2930, EIP-3651. */
function warmUp(sender: usize, isCreation: bool, list: usize): void {
  accounts.warm(sender)
  accounts.warm(accounts.accountOf(environment.coinbase))
  if (!isCreation) accounts.warm(accounts.accountOf(environment.target))
  if (list == 0) return
  const entries = load<u32>(list)
  let cursor = list + 32
  for (let i: u32 = 0; i < entries; i++) {
    loadWord(number, cursor)
    const account = accounts.accountOf(number)
    accounts.warm(account)
    const keys = load<u32>(cursor, 32)
    cursor += 64
    for (let k: u32 = 0; k < keys; k++) {
      loadWord(number, cursor)
      warmSlot(slotOf(account, number))
      cursor += 32
    }
  }
}

/** Gives the gas that is left. */
function callOutermost(sender: usize, data: usize, size: u32, gas: i64): i64 {
  const target = accounts.accountOf(environment.target)
  const before = journal.mark()
  ending = DONE
  if (!move(sender, target, environment.value)) {
    undoTo(before)
    ending = VALUE_OVERFLOW
    return gas
  }
  if (accounts.isPrecompile(target)) {
    const left = runPrecompile(target, data, size, gas)
    if (left >= 0) return left
    undoTo(before)
    ending = left == HOST_FAILED ? PRECOMPILE_FAILED : OUT_OF_GAS
    return 0
  }
  const code = accounts.codeOf(target)
  if (code == 0) return gas
  const frame = pushFrame()
  copyWord(frame + VALUE, environment.value)
  copyWord(frame + CALLER, sender + accounts.ADDRESS)
  store<usize>(frame, target, ACCOUNT)
  store<u32>(frame, 0, IS_STATIC)
  store<u32>(frame, 0, OUT_OFFSET)
  store<u32>(frame, 0, OUT_SIZE)
  prepare(frame, code, data, size, gas, before)
  run()
  ending = outcome
  return gasAtEnd
}

function createOutermost(sender: usize, data: usize, size: u32, gas: i64): i64 {
  nextAddress(sender, accounts.nonceOf(sender) - 1)
  const status = enterInitCode(sender, environment.value, data, size, gas)
  if (status != OK && status != SWITCHED) {
    ending = status
    return status == VALUE_OVERFLOW ? gas : 0
  }
  copyWord(created, newAddress)
  let left = gas
  ending = DONE
  if (status == SWITCHED) {
    run()
    ending = outcome
    left = gasAtEnd
  }
  hasCreated = ending == DONE
  return left
}

/** The address of the contract that the transaction created; nested creations have gone over `newAddress`. */
export const created: usize = memory.data(32, 16)

/** Refund, fee back for what was not used, the priority part of the rest to the coinbase. */
function settle(sender: usize, gasLimit: i64, left: i64): void {
  const spent = gasLimit - left
  const earned: i64 = ending == DONE ? refundMark() : 0
  const refund = min<i64>(earned, spent / refundQuotient)
  gasUsed = spent - refund
  const coinbase = accounts.accountOf(environment.coinbase)
  accounts.touch(coinbase)
  if (isZero(environment.gasPrice)) return
  feeFor(environment.gasPrice, gasLimit - gasUsed)
  credit(sender, fee)
  subtract(environment.gasPrice, environment.gasPrice, environment.baseFee)
  feeFor(environment.gasPrice, gasUsed)
  credit(coinbase, fee)
}

/** EIP-6780: contracts that were created and destroyed in this transaction. */
function removeDestroyed(): void {
  const end = journal.mark()
  for (let i = begun; i < end; i++) {
    const account = journal.recordOf(i, journal.ACCOUNT_DESTROYED)
    if (account != 0) accounts.remove(account)
  }
}

/** EIP-161: touched accounts that are empty. */
function removeTouched(): void {
  const end = journal.mark()
  for (let i = begun; i < end; i++) {
    const account = journal.recordOf(i, journal.ACCOUNT_TOUCHED)
    if (account != 0) removeIfEmpty(account)
  }
  if (!accounts.ripemd160WasTouched()) return
  setNumber(number, 3)
  removeIfEmpty(accounts.accountOf(number))
}

function removeIfEmpty(account: usize): void {
  if (accounts.isEmpty(account)) accounts.remove(account)
}

/** Back to before the transaction, wherever it was interrupted; nothing where none is under way. */
export function undoExecution(): void {
  if (!isUnderWay) return
  isUnderWay = false
  undoTo(begun)
  nextEpoch()
}
