/** What no block could contain, found before a single opcode runs. */
import { type BlockEnvironment, type Fees, InvalidMessage, type Message, NotSupported } from "./engine.ts"
import { hexToBytes } from "./hexToBytes.ts"
import { intrinsicGasOf } from "./intrinsicGas.ts"

/** EIP-3860. */
const maxInitCodeBytes = 49_152
const maxUint64 = 2n ** 64n - 1n
const noFees: Fees = { maxFeePerGas: 0n, maxPriorityFeePerGas: 0n }

export interface Sender {
  readonly nonce: bigint
  readonly balance: bigint
  readonly hasCode: boolean
}

export interface ValidMessage {
  readonly data: Uint8Array
  readonly intrinsicGas: bigint
}

/** Decodes a message that may run; throws `InvalidMessage` or `NotSupported` for one that may not. */
export const validateMessage = (
  message: Message,
  block: BlockEnvironment,
  sender: Sender,
  anyCodeSize: boolean,
): ValidMessage => {
  if (message.blobVersionedHashes !== undefined)
    throw new NotSupported("Blob transactions (EIP-4844) are not supported.")
  const data = hexToBytes(message.data)
  if (data === undefined)
    throw new InvalidMessage(`Data must be 0x and pairs of hex digits; got ${message.data}.`)
  const isCreation = message.to === null
  if (isCreation && !anyCodeSize) validateInitCode(data)
  const intrinsicGas = intrinsicGasOf(data, isCreation, message.accessList)
  validateGas(message, intrinsicGas)
  validateFees(message.fees ?? noFees, block)
  validateSender(message, sender)
  return { data, intrinsicGas }
}

const validateInitCode = (data: Uint8Array): void => {
  if (data.length > maxInitCodeBytes) {
    throw new InvalidMessage(`Init code has ${data.length} bytes; at most ${maxInitCodeBytes} are allowed.`)
  }
}

const validateGas = ({ gasLimit }: Message, intrinsicGas: bigint): void => {
  if (gasLimit < intrinsicGas)
    throw new InvalidMessage(`The gas limit ${gasLimit} is below the intrinsic cost ${intrinsicGas}.`)
  if (gasLimit > maxUint64)
    throw new InvalidMessage(`The gas limit ${gasLimit} is above ${maxUint64}, the most that there can be.`)
}

const validateFees = ({ maxFeePerGas, maxPriorityFeePerGas }: Fees, block: BlockEnvironment): void => {
  const baseFee = block.baseFeePerGas ?? 0n
  if (maxPriorityFeePerGas < 0n || maxPriorityFeePerGas > maxFeePerGas)
    throw new InvalidMessage(
      `The priority fee ${maxPriorityFeePerGas} must lie between 0 and the fee ${maxFeePerGas}.`,
    )
  if (maxFeePerGas < baseFee)
    throw new InvalidMessage(`The fee ${maxFeePerGas} is below the block's base fee ${baseFee}.`)
}

const validateSender = (message: Message, sender: Sender): void => {
  const { from, value, nonce = sender.nonce } = message
  if (sender.hasCode)
    throw new InvalidMessage(`${from} is a contract; contracts send no transactions (EIP-3607).`)
  if (nonce !== sender.nonce)
    throw new InvalidMessage(`The nonce of ${from} is ${sender.nonce}; the message has ${nonce}.`)
  if (nonce >= maxUint64)
    throw new InvalidMessage(`The nonce of ${from} is ${nonce} and cannot grow any more (EIP-2681).`)
  const most = value + message.gasLimit * (message.fees?.maxFeePerGas ?? 0n)
  if (value < 0n || sender.balance < most)
    throw new InvalidMessage(
      `${from} has ${sender.balance} wei and cannot send ${value}${most === value ? "" : `, with fees ${most}`}.`,
    )
}
