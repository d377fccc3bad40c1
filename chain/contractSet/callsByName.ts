/** Calls at genesis whose function is known only when the program runs: no types, the ABI checks the arguments. */
import type { Abi, Address } from "viem"
import type { Genesis } from "../genesis.ts"

export interface CallByName {
  readonly to: Address
  readonly abi: Abi
  readonly functionName: string
  readonly args: readonly unknown[]
}

/** Rejects with `GenesisFailed`. */
export const callByName = async (genesis: Genesis, call: CallByName & { readonly from: Address }) => {
  await (genesis.call as (call: CallByName) => Promise<unknown>)(call)
}

/** A view of one number. Rejects with `GenesisFailed`. */
export const numberByName = async (genesis: Genesis, call: CallByName): Promise<bigint> =>
  BigInt((await (genesis.read as (call: CallByName) => Promise<unknown>)(call)) as bigint | number)
