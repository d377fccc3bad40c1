/** Deployed contracts as typed objects. */
import type { Abi, AbiFunction } from "abitype"
import { Effect } from "effect"
import { type Address, type Hex, decodeAbiParameters, encodeAbiParameters, toFunctionSelector } from "viem"
import { allErrorsAbi } from "./abi/allErrors.ts"
import { Chain } from "./chain.ts"
import type { Contract, WriteOptions } from "./contractTypes.ts"
import { ContractReadError, TransactionReverted } from "./errors.ts"
import { bindEvent } from "./eventBinding.ts"
import { type ErrorTable, canonicalType, errorTableOf, revertReasonOf } from "./revertReason.ts"
import { Wallet } from "./wallet.ts"

export interface BindOptions {
  /** In messages; the address unless given. */
  readonly name?: string
  /** An ABI with errors of other contracts: what this one calls may revert with them. The built-in set's are known. */
  readonly errors?: Abi
}

/** A revert bubbles up through any of the built-in contracts. */
const builtInErrors = errorTableOf(allErrorsAbi)

/** Everything that the methods of one contract share. */
interface Binding {
  readonly name: string
  readonly address: Address
  readonly tables: readonly ErrorTable[]
}

/**
 * A deployed contract with a method for each function of its ABI and a binding for each event. Of overloaded
 * functions there are none: their names do not say which.
 */
export const bindContract = <const A extends Abi>(
  abi: A,
  address: Address,
  options: BindOptions = {},
): Contract<A> => {
  const others = options.errors === undefined ? [] : [errorTableOf(options.errors)]
  const tables = [errorTableOf(abi), ...others, builtInErrors]
  const binding: Binding = { name: options.name ?? address, address, tables }
  const functions = withoutOverloads(abi.filter((item) => item.type === "function"))
  const views = functions.filter(isView)
  const calls = functions.filter((item) => !isView(item))
  const events = abi.filter((item) => item.type === "event")
  return {
    name: binding.name,
    address,
    abi,
    read: methods(views, (item) => readMethod(binding, item)),
    write: methods(calls, (item) => writeMethod(binding, item)),
    simulate: methods(calls, (item) => simulateMethod(binding, item)),
    events: methods(events, (item) => bindEvent(binding.name, address, item)),
  } as unknown as Contract<A>
}

const isView = (item: AbiFunction): boolean =>
  item.stateMutability === "view" || item.stateMutability === "pure"

const withoutOverloads = (functions: readonly AbiFunction[]): readonly AbiFunction[] => {
  const count = new Map<string, number>()
  for (const { name } of functions) count.set(name, (count.get(name) ?? 0) + 1)
  return functions.filter(({ name }) => count.get(name) === 1)
}

const methods = <I extends { readonly name: string }, M>(
  items: readonly I[],
  bind: (item: I) => M,
): Readonly<Record<string, M>> => Object.fromEntries(items.map((item) => [item.name, bind(item)]))

type Args = readonly unknown[]

const readMethod = (binding: Binding, item: AbiFunction) => {
  const call = viewCaller(binding, item)
  return (args: Args = []) => call(args, undefined)
}

const simulateMethod = (binding: Binding, item: AbiFunction) => {
  const call = viewCaller(binding, item)
  return (args: Args = []) => Effect.flatMap(Wallet, ({ address }) => call(args, address))
}

const viewCaller = (binding: Binding, item: AbiFunction) => {
  const { name, address, tables } = binding
  const encode = encoderOf(item)
  const decode = decoderOf(item)
  return Effect.fnUntraced(function* (args: Args, from: Address | undefined) {
    const chain = yield* Chain
    const request = { to: address, data: encode(args) }
    const execution = yield* chain.view(from === undefined ? request : { ...request, from })
    if (execution.status === "success") return decode(execution.returnData)
    const reason = revertReasonOf(execution, ...tables)
    return yield* new ContractReadError({
      contract: name,
      function: item.name,
      from: from ?? "nobody",
      ...reason,
    })
  })
}

const writeMethod = (binding: Binding, item: AbiFunction) => {
  const { name, address, tables } = binding
  const encode = encoderOf(item)
  return Effect.fnUntraced(function* (args: Args = [], options: WriteOptions = {}) {
    const chain = yield* Chain
    const { address: from } = yield* Wallet
    const receipt = yield* chain.send({ ...options, from, to: address, data: encode(args) })
    if (receipt.status === "success") return receipt
    return yield* new TransactionReverted({
      contract: name,
      function: item.name,
      from,
      transactionHash: receipt.transactionHash,
      gasUsed: receipt.gasUsed,
      ...revertReasonOf(receipt, ...tables),
    })
  })
}

/** With the selector computed once. */
const encoderOf = (item: AbiFunction): ((args: Args) => Hex) => {
  const selector = toFunctionSelector(`${item.name}(${item.inputs.map(canonicalType).join(",")})`)
  if (item.inputs.length === 0) return () => selector
  return (args) => `${selector}${encodeAbiParameters(item.inputs, args).slice(2)}`
}

/** Nothing, the one value, or several: by name where all have names, else in order. */
const decoderOf = ({ outputs }: AbiFunction): ((data: Hex) => unknown) => {
  if (outputs.length === 0) return () => undefined
  if (outputs.length === 1) {
    const decode = (data: Hex) => decodeAbiParameters(outputs, data)[0]
    return isOneWord(outputs[0]?.type ?? "") ? remembering(decode) : decode
  }
  const names = outputs.map(({ name }) => name)
  if (names.some((name) => name === undefined || name === ""))
    return (data) => decodeAbiParameters(outputs, data)
  return (data) => {
    const values = decodeAbiParameters(outputs, data)
    return Object.fromEntries(names.map((name, index) => [name, values[index]]))
  }
}

/** Types whose values can't be changed, so that all who ask may be given the same. */
const isOneWord = (type: string): boolean => /^(bool|address|u?int\d*|bytes\d+)$/.test(type)

const MOST_REMEMBERED = 4_096

/** Agents ask the same again and again: what a word means is worked out once. */
const remembering = (decode: (data: Hex) => unknown): ((data: Hex) => unknown) => {
  const known = new Map<Hex, unknown>()
  return (data) => {
    const before = known.get(data)
    if (before !== undefined) return before
    const value = decode(data)
    if (known.size >= MOST_REMEMBERED) known.clear()
    known.set(data, value)
    return value
  }
}
