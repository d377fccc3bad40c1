/** SLOAD and SSTORE on the flat state: EIP-2200, EIP-2929 and EIP-3529. */
import { EVMError } from "@ethereumjs/evm"
import type { AccessJournal } from "../accessJournal.ts"
import type { FlatState } from "../flatState.ts"
import { type Frame, outOfGas } from "../frame.ts"
import { type Instruction, instruction } from "../instruction.ts"

export interface StoragePrices {
  readonly warmRead: number
  readonly coldSlot: number
  /** A store needs more than this left, whatever it costs. */
  readonly storeSentry: number
  readonly storeNew: number
  readonly storeClean: number
  readonly storeDirty: number
  readonly refundClear: bigint
  /** Back to an original zero within the transaction. */
  readonly refundNew: bigint
  /** Back to an original non-zero value within the transaction. */
  readonly refundClean: bigint
}

const load = (state: FlatState, journal: AccessJournal, prices: StoragePrices): Instruction =>
  instruction(0x54, 1, 1, (frame) => {
    const top = frame.height - 1
    const slot = frame.stack[top] as bigint
    frame.useGas(journal.warmSlot(frame.key, slot) ? prices.warmRead : prices.coldSlot)
    frame.stack[top] = state.slot(frame.key, slot)
  })

const store = (state: FlatState, journal: AccessJournal, prices: StoragePrices): Instruction =>
  instruction(0x55, 2, 0, (frame) => {
    if (frame.runState.env.isStatic) throw new EVMError(EVMError.errorMessages.STATIC_STATE_CHANGE)
    if (frame.gas <= prices.storeSentry) throw outOfGas()
    const top = frame.height - 1
    frame.height -= 2
    const slot = frame.stack[top] as bigint
    const value = frame.stack[top - 1] as bigint
    const surcharge = journal.warmSlot(frame.key, slot) ? 0 : prices.coldSlot
    const current = state.slot(frame.key, slot)
    if (current === value) return frame.useGas(surcharge + prices.warmRead)
    const original = state.originalSlot(frame.key, slot)
    frame.useGas(surcharge + storePrice(original, current, prices))
    refund(frame, original, current, value, prices)
    state.setSlot(frame.key, slot, value)
  })

const storePrice = (original: bigint, current: bigint, prices: StoragePrices): number => {
  if (original !== current) return prices.storeDirty
  return original === 0n ? prices.storeNew : prices.storeClean
}

/** `current` differs from `value`. */
const refund = (
  frame: Frame,
  original: bigint,
  current: bigint,
  value: bigint,
  prices: StoragePrices,
): void => {
  let amount = 0n
  if (original !== 0n && value === 0n) amount += prices.refundClear
  if (original !== 0n && original !== current && current === 0n) amount -= prices.refundClear
  if (original !== current && original === value)
    amount += original === 0n ? prices.refundNew : prices.refundClean
  frame.runState.gasRefund += amount
}

export const createStorageInstructions = (
  state: FlatState,
  journal: AccessJournal,
  prices: StoragePrices,
): readonly Instruction[] => [load(state, journal, prices), store(state, journal, prices)]
