/** A call that the DAO is asked to make, and what can be read from one. */
import {
  decodeFunctionData,
  encodeFunctionData,
  getAddress,
  hexToString,
  type Abi,
  type Address,
  type Hex,
} from "viem"
import type { Contracts } from "../contracts.ts"

export interface Call {
  readonly target: Address
  readonly data: Hex
}

interface Callable {
  readonly address: Address
  readonly abi: Abi
}

/** The call of a contract's function. */
export const callOf = (contract: Callable, functionName: string, args: readonly unknown[]): Call => ({
  target: contract.address,
  data: encodeFunctionData({ abi: contract.abi, functionName, args }),
})

/** What a call does, as far as its bytes tell. */
export type Reading =
  /** Sets a parameter, named as in scenarios, in its own unit. */
  | { readonly kind: "parameter"; readonly name: string; readonly key: Hex; readonly value: bigint }
  /** Hands money or power to somebody. */
  | { readonly kind: "handsOver" }
  | { readonly kind: "other" }
  /** The target has no such function: the call would do nothing. */
  | { readonly kind: "nothing" }

/** Reads a call with the ABIs of the contracts, as anybody can. */
export const readCall = (contracts: Contracts, { target, data }: Call): Reading => {
  const contract = contractAt(contracts, target)
  const decoded = contract === undefined ? undefined : decode(contract.abi, data)
  if (contract === undefined || decoded === undefined) return { kind: "nothing" }
  const { functionName, args = [] } = decoded
  const [first, second] = args
  if (functionName === "setParameter" && typeof first === "string" && typeof second === "bigint") {
    const key = first as Hex
    const name = `${contract.name}.${hexToString(key, { size: 32 }).replaceAll("\0", "")}`
    return { kind: "parameter", name, key, value: second }
  }
  return { kind: handsOver.has(functionName) ? "handsOver" : "other" }
}

/** The contract of the set at an address. */
export const contractAt = (contracts: Contracts, target: Address) =>
  Object.values(contracts).find((contract) => contract?.address === getAddress(target))

/** Functions after which somebody has money, or power over money, that was everybody's. */
const handsOver: ReadonlySet<string> = new Set([
  "pay",
  "setAllowance",
  "mint",
  "setDaoAddress",
  "setGovernance",
  "setDao",
  "setTimelock",
  "transferOwnership",
  "setAuthorizedSlasher",
  "setAuthorizedDisburser",
])

const decode = (abi: Abi, data: Hex) => {
  try {
    return decodeFunctionData({ abi, data })
  } catch {
    // Bytes that fit no function of the target.
    return undefined
  }
}
