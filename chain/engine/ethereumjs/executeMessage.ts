/**
 * What EthereumJS's `runTx` does for a Cancun transaction at gas price 0, without a transaction object, a
 * signature, a receipt or a bloom filter. A differential test holds it to `runTx`, gas and state root.
 */
import type { EVMResult } from "@ethereumjs/evm"
import { Account, Address, KECCAK256_NULL, createAddressFromString, equalsBytes } from "@ethereumjs/util"
import { type BlockEnvironment, InvalidMessage, type Message } from "../engine.ts"
import { intrinsicGasOf } from "../intrinsicGas.ts"
import { evmBlock } from "./evmBlock.ts"
import type { TunedEvm } from "./tunedEvm.ts"
import { addressKey } from "./addressKey.ts"
import { hexToBytes } from "../hexToBytes.ts"

export interface TransactionResult extends EVMResult {
  /** After refunds, including the intrinsic cost. */
  readonly gasUsed: bigint
}

const maxInitCodeBytes = 49_152
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
  const data = hexToBytes(message.data)
  if (data === undefined)
    throw new InvalidMessage(`Data must be 0x and pairs of hex digits; got ${message.data}.`)
  const startGas = intrinsicGasOf(data, to === undefined)
  const sender = (await state.getAccount(caller)) ?? new Account()
  if (to === undefined && !tuned.anyCodeSize) validateInitCode(data)
  validate(message, startGas, sender)

  const coinbase = toAddress(block.coinbase)
  warmUp(tuned, [caller, coinbase, ...(to === undefined ? [] : [to])])
  sender.nonce += 1n
  await journal.putAccount(caller, sender)
  const result = await evm.runCall({
    block: evmBlock(block, coinbase),
    gasPrice: 0n,
    caller,
    gasLimit: message.gasLimit - startGas,
    ...(to === undefined ? {} : { to }),
    value: message.value,
    data,
    skipNonceIncrement: true,
  })
  await journal.putAccount(coinbase, (await state.getAccount(coinbase)) ?? new Account())
  await destroy(tuned, result)
  await journal.cleanup()
  return { ...result, gasUsed: afterRefund(startGas + result.execResult.executionGasUsed, result) }
}

const validateInitCode = (data: Uint8Array): void => {
  if (data.length > maxInitCodeBytes) {
    throw new InvalidMessage(`Init code has ${data.length} bytes; at most ${maxInitCodeBytes} are allowed.`)
  }
}

const validate = (message: Message, startGas: bigint, sender: Account): void => {
  if (message.gasLimit < startGas) {
    throw new InvalidMessage(`The gas limit ${message.gasLimit} is below the intrinsic cost ${startGas}.`)
  }
  if (!equalsBytes(sender.codeHash, KECCAK256_NULL)) {
    throw new InvalidMessage(`${message.from} is a contract; contracts send no transactions (EIP-3607).`)
  }
  if (message.value < 0n || sender.balance < message.value) {
    throw new InvalidMessage(`${message.from} has ${sender.balance} wei and cannot send ${message.value}.`)
  }
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
