/**
 * What EthereumJS's `runTx` does for a Cancun transaction at gas price 0, without a transaction object, a
 * signature, a receipt or a bloom filter. A differential test holds it to `runTx`, gas and state root.
 */
import type { EVMResult } from "@ethereumjs/evm"
import { Account, Address, createAddressFromString } from "@ethereumjs/util"
import type { BlockEnvironment, Message } from "../engine.ts"
import { type Sender, validateMessage } from "../messageRules.ts"
import { evmBlock } from "./evmBlock.ts"
import type { TunedEvm } from "./tunedEvm.ts"
import { addressKey } from "./addressKey.ts"

export interface TransactionResult extends EVMResult {
  /** After refunds, including the intrinsic cost. */
  readonly gasUsed: bigint
}

/** EIP-3529: at most a fifth of the gas used is refunded. */
const maxRefundQuotient = 5n

/**
 * Executes a message on the state. Rejects with `InvalidMessage` before it changed anything. The caller
 * keeps a checkpoint around it and ends the transaction on the state.
 */
export const executeMessage = async (
  tuned: TunedEvm,
  message: Message,
  block: BlockEnvironment,
): Promise<TransactionResult> => {
  const { evm, state, journal } = tuned
  const caller = toAddress(message.from)
  const to = message.to === null ? undefined : toAddress(message.to)
  const valid = validateMessage(message, block, senderOf(tuned, message), tuned.anyCodeSize)
  const { data, intrinsicGas } = valid

  const sender = (await state.getAccount(caller)) ?? new Account()
  const coinbase = toAddress(block.coinbase)
  warmUp(tuned, [caller, coinbase, ...(to === undefined ? [] : [to])])
  sender.nonce += 1n
  await journal.putAccount(caller, sender)
  const result = await evm.runCall({
    block: evmBlock(block, coinbase),
    gasPrice: 0n,
    caller,
    gasLimit: message.gasLimit - intrinsicGas,
    ...(to === undefined ? {} : { to }),
    value: message.value,
    data,
    skipNonceIncrement: true,
  })
  await journal.putAccount(coinbase, (await state.getAccount(coinbase)) ?? new Account())
  await destroy(tuned, result)
  await journal.cleanup()
  return { ...result, gasUsed: afterRefund(intrinsicGas + result.execResult.executionGasUsed, result) }
}

/** What the rules ask of the account that a message is from. */
export const senderOf = ({ state }: TunedEvm, { from }: Message): Sender => {
  const account = state.accounts.get(addressKey(toAddress(from)))
  if (account === undefined) return { nonce: 0n, balance: 0n, hasCode: false }
  return { nonce: account.nonce, balance: account.balance, hasCode: account.code.length > 0 }
}

const warmUp = ({ evm, journal }: TunedEvm, addresses: readonly Address[]): void => {
  journal.cleanJournal()
  for (const key of evm.precompiles.keys()) journal.addAlwaysWarmAddress(key)
  for (const address of addresses) journal.addAlwaysWarmAddress(addressKey(address))
}

/** EIP-6780: only a contract that was created in the same transaction disappears. */
const destroy = async ({ journal }: TunedEvm, { execResult }: EVMResult): Promise<void> => {
  for (const address of execResult.selfdestruct?.keys() ?? []) {
    if (execResult.createdAddresses?.has(address)) await journal.deleteAccount(toAddress(address))
  }
}

const afterRefund = (gasUsed: bigint, { execResult }: EVMResult): bigint => {
  const refund = execResult.gasRefund ?? 0n
  const most = gasUsed / maxRefundQuotient
  return gasUsed - (refund < most ? refund : most)
}

const knownAddresses = new Map<string, Address>()
const knownAddressesCapacity = 16_384

/** The same object for the same address, so that its key is computed once. */
const toAddress = (hex: string): Address => {
  const known = knownAddresses.get(hex)
  if (known !== undefined) return known
  if (knownAddresses.size >= knownAddressesCapacity) knownAddresses.clear()
  const address = createAddressFromString(hex)
  knownAddresses.set(hex, address)
  return address
}
