/** What a contract's ABI says, as TypeScript types. */
import type {
  Abi,
  AbiFunction,
  AbiParameter,
  AbiParameterToPrimitiveType,
  AbiParametersToPrimitiveTypes,
  AbiStateMutability,
  ExtractAbiEventNames,
  ExtractAbiFunction,
  ExtractAbiFunctionNames,
} from "abitype"
import type { Effect, Queue, Scope } from "effect"
import type { Address, ContractEventArgsFromTopics, ContractEventName, Hex } from "viem"
import type { Chain, SubmitError } from "./chain.ts"
import type {
  ContractReadError,
  SubscriptionOverflow,
  TransactionDropped,
  TransactionReverted,
} from "./errors.ts"
import type { ChainLog, Receipt } from "./transaction.ts"
import type { Wallet } from "./wallet.ts"

type Arguments<F extends AbiFunction> = AbiParametersToPrimitiveTypes<F["inputs"], "inputs">

type IsNamed<P extends AbiParameter> = P extends { readonly name: infer N extends string }
  ? N extends ""
    ? false
    : true
  : false

type AllNamed<P extends readonly AbiParameter[]> = P extends readonly [
  infer Head extends AbiParameter,
  ...infer Tail extends readonly AbiParameter[],
]
  ? IsNamed<Head> extends true
    ? AllNamed<Tail>
    : false
  : true

type ByName<P extends readonly AbiParameter[]> = {
  readonly [
    K in P[number] as K extends { readonly name: infer N extends string } ? N : never
  ]: AbiParameterToPrimitiveType<K, "outputs">
}

/** Nothing, the one value, or several: by name where all have names, else in order. */
export type Returned<O extends readonly AbiParameter[]> = O extends readonly []
  ? void
  : O extends readonly [infer Only extends AbiParameter]
    ? AbiParameterToPrimitiveType<Only, "outputs">
    : AllNamed<O> extends true
      ? ByName<O>
      : AbiParametersToPrimitiveTypes<O, "outputs">

/** A function without arguments may be called without the empty list. */
type Optional<A extends readonly unknown[]> = A extends readonly [] ? [args?: A] : [args: A]

type View = Extract<AbiStateMutability, "view" | "pure">
type Call = Exclude<AbiStateMutability, View>

export type ReadMethod<F extends AbiFunction> = (
  ...args: Optional<Arguments<F>>
) => Effect.Effect<Returned<F["outputs"]>, ContractReadError, Chain>

export interface WriteOptions {
  /** Units of gas. */
  readonly gasLimit?: bigint
  /** ATN wei a unit of gas, to the block builder. */
  readonly priorityFeeWeiPerGas?: bigint
}

export type WriteError = TransactionReverted | TransactionDropped | SubmitError

export type WriteMethod<F extends AbiFunction> = (
  ...args: Arguments<F> extends readonly []
    ? [args?: Arguments<F>, options?: WriteOptions]
    : [args: Arguments<F>, options?: WriteOptions]
) => Effect.Effect<Receipt, WriteError, Chain | Wallet>

/** An event's arguments by name, and the log that they were read from. */
export interface DecodedLog<Args> {
  readonly args: Args
  readonly log: ChainLog
}

export interface EventBinding<Args> {
  readonly name: string
  /** The event's selector, the first topic of its logs. */
  readonly topic: Hex
  /** The arguments; undefined when the log is another event's or another contract's. */
  readonly decode: (log: ChainLog) => Args | undefined
  /** The arguments of its first occurrence. Throws when there is none: for receipts that must hold one. */
  readonly find: (logs: readonly ChainLog[]) => Args
  readonly findAll: (logs: readonly ChainLog[]) => readonly DecodedLog<Args>[]
  /** Occurrences in past blocks, in order. */
  readonly past: (range?: {
    readonly fromBlock?: bigint
    readonly toBlock?: bigint
  }) => Effect.Effect<readonly DecodedLog<Args>[], never, Chain>
  /** Takes occurrences of blocks to come, one after the other, while the scope is open. */
  readonly subscribe: Effect.Effect<EventSubscription<Args>, never, Chain | Scope.Scope>
}

export interface EventSubscription<Args> {
  /** Waits for the next occurrence. Fails when more lay untaken than the subscription holds. */
  readonly take: Effect.Effect<DecodedLog<Args>, SubscriptionOverflow>
  readonly queue: Queue.Dequeue<ChainLog, SubscriptionOverflow>
}

type UnionToIntersection<U> = (U extends unknown ? (x: U) => void : never) extends (x: infer I) => void
  ? I
  : never
/** Overloaded functions have no method: a union of ABI items is not one item. */
type IsOne<T> = [T] extends [UnionToIntersection<T>] ? true : false

type Methods<A extends Abi, M extends AbiStateMutability> = {
  [
    N in ExtractAbiFunctionNames<A, M> as IsOne<ExtractAbiFunction<A, N>> extends true ? N : never
  ]: ExtractAbiFunction<A, N>
}

type ReadMethods<A extends Abi> = {
  readonly [N in keyof Methods<A, View>]: ReadMethod<Extract<Methods<A, View>[N], AbiFunction>>
}

type WriteMethods<A extends Abi> = {
  readonly [N in keyof Methods<A, Call>]: WriteMethod<Extract<Methods<A, Call>[N], AbiFunction>>
}

/** What calls would return: `simulate` executes a call as a view, with the wallet's account as the sender. */
type SimulateMethods<A extends Abi> = {
  readonly [N in keyof Methods<A, Call>]: (
    ...args: Optional<Arguments<Extract<Methods<A, Call>[N], AbiFunction>>>
  ) => Effect.Effect<
    Returned<Extract<Methods<A, Call>[N], AbiFunction>["outputs"]>,
    ContractReadError,
    Chain | Wallet
  >
}

type Events<A extends Abi> = {
  readonly [N in ExtractAbiEventNames<A>]: EventBinding<
    ContractEventArgsFromTopics<A, N & ContractEventName<A>>
  >
}

/** A deployed contract, typed by its ABI. */
export interface Contract<A extends Abi> {
  readonly name: string
  readonly address: Address
  readonly abi: A
  /** Views: `contract.read.balanceOf([owner])`. Cost nothing, not even virtual time. */
  readonly read: ReadMethods<A>
  /** Transactions of the wallet's account: `contract.write.transfer([to, amount])`. */
  readonly write: WriteMethods<A>
  readonly simulate: SimulateMethods<A>
  readonly events: Events<A>
}
