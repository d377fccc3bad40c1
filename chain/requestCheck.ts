import { isAddress } from "viem"
import { hexToBytes } from "./engine/hexToBytes.ts"
import { intrinsicGasOf } from "./engine/intrinsicGas.ts"
import { type TransactionRequest, defaultGasLimit } from "./transaction.ts"

/** Why no block could hold the transaction; undefined when one could. */
export const problemOf = (request: TransactionRequest, blockGasLimit: bigint): string | undefined => {
  const { from, to, data, value = 0n, gasLimit = defaultGasLimit, priorityFeeWeiPerGas = 0n } = request
  if (!isAddress(from, { strict: false })) return `from is no address: ${from}`
  if (to !== null && !isAddress(to, { strict: false })) return `to is no address: ${to}`
  const bytes = hexToBytes(data)
  if (bytes === undefined) return "data must be 0x and pairs of hex digits"
  if (value < 0n) return `value must not be negative; got ${value}`
  if (priorityFeeWeiPerGas < 0n) return `the priority fee must not be negative; got ${priorityFeeWeiPerGas}`
  const least = intrinsicGasOf(bytes, to === null)
  if (gasLimit < least) return `the gas limit ${gasLimit} is below the intrinsic cost ${least}`
  if (gasLimit > blockGasLimit) return `the gas limit ${gasLimit} exceeds a block's, ${blockGasLimit}`
  return undefined
}
