/** Reads what a revert says. */
import { type Abi, type AbiParameter, type Hex, decodeAbiParameters, toFunctionSelector } from "viem"
import type { AbiError } from "abitype"
import type { Execution } from "./engine/engine.ts"

export interface RevertReason {
  /** In words: `InsufficientStake(50, 20)`, a reason string, `panic 0x11 (arithmetic overflow)`, `out of gas`. */
  readonly reason: string
  readonly errorName?: string
  readonly args: readonly unknown[]
}

/** Custom errors by selector. */
export type ErrorTable = ReadonlyMap<string, AbiError>

export const errorTableOf = (abi: Abi): ErrorTable =>
  new Map(
    abi.flatMap((item) => {
      if (item.type !== "error") return []
      const signature = `${item.name}(${item.inputs.map(canonicalType).join(",")})`
      return [[toFunctionSelector(signature), item] as const]
    }),
  )

/** A parameter's type as signatures spell it: structs by their components. */
export const canonicalType = (parameter: AbiParameter): string => {
  if (!parameter.type.startsWith("tuple")) return parameter.type
  const { components } = parameter as { readonly components: readonly AbiParameter[] }
  return `(${components.map(canonicalType).join(",")})${parameter.type.slice("tuple".length)}`
}

const builtIn: ErrorTable = errorTableOf([
  { type: "error", name: "Error", inputs: [{ type: "string", name: "message" }] },
  { type: "error", name: "Panic", inputs: [{ type: "uint256", name: "code" }] },
])

const panicMeanings: ReadonlyMap<bigint, string> = new Map([
  [0x01n, "assertion failed"],
  [0x11n, "arithmetic overflow"],
  [0x12n, "division by zero"],
  [0x21n, "value out of an enum's range"],
  [0x31n, "pop from an empty array"],
  [0x32n, "index out of bounds"],
  [0x41n, "too much memory"],
])

/** Of an execution that did not succeed. Earlier tables come first. */
export const revertReasonOf = (execution: Execution, ...tables: readonly ErrorTable[]): RevertReason => {
  if (execution.status === "halted") return { reason: execution.reason ?? "halted", args: [] }
  const { returnData } = execution
  if (returnData === "0x") return { reason: "no reason given", args: [] }
  const selector = returnData.slice(0, 10)
  for (const table of [...tables, builtIn]) {
    const error = table.get(selector)
    const args = error === undefined ? undefined : decodeArguments(error, returnData)
    if (error !== undefined && args !== undefined) return describe(error, args)
  }
  return { reason: `unknown error ${selector}`, args: [returnData] }
}

const decodeArguments = (error: AbiError, data: Hex): readonly unknown[] | undefined => {
  if (error.inputs.length === 0) return []
  try {
    return decodeAbiParameters(error.inputs, `0x${data.slice(10)}`)
  } catch {
    return undefined
  }
}

const describe = (error: AbiError, args: readonly unknown[]): RevertReason => {
  const errorName = error.name
  if (errorName === "Error") return { reason: String(args[0]), errorName, args }
  if (errorName !== "Panic") return { reason: `${errorName}(${args.map(show).join(", ")})`, errorName, args }
  const code = args[0] as bigint
  const meaning = panicMeanings.get(code) ?? "unknown"
  return { reason: `panic 0x${code.toString(16).padStart(2, "0")} (${meaning})`, errorName, args }
}

const show = (value: unknown): string =>
  typeof value === "object" && value !== null
    ? `[${Object.values(value).map(show).join(", ")}]`
    : String(value)
