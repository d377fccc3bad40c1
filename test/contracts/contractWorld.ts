/** Contracts on the real EVM, called by name with their ABIs' types, with a block number that the test moves. */
import type { AbiParametersToPrimitiveTypes, ExtractAbiFunction, ExtractAbiFunctionNames } from "abitype"
import {
  type Abi,
  type Address,
  type Hex,
  decodeEventLog,
  decodeFunctionResult,
  encodeFunctionData,
  keccak256,
  stringToHex,
} from "viem"
import type { BlockEnvironment, Engine, Execution, Message } from "../../chain/engine/engine.ts"
import { type ErrorTable, revertReasonOf } from "../../chain/revertReason.ts"
import { addressFromName } from "../../chain/wallet.ts"

export const ATN = 10n ** 18n
export const governance = addressFromName("governance")
export const genesisHolder = addressFromName("genesis holder")
const secondsPerBlock = 12n
const genesisSeconds = 1_700_000_000n

type AbiTable = Readonly<Record<string, Abi>>
export type Mutating<A extends AbiTable, N extends keyof A> = ExtractAbiFunctionNames<A[N], "nonpayable">
export type Inputs<
  A extends AbiTable,
  N extends keyof A,
  F extends ExtractAbiFunctionNames<A[N]>,
> = AbiParametersToPrimitiveTypes<ExtractAbiFunction<A[N], F>["inputs"], "inputs">
type Outputs<
  A extends AbiTable,
  N extends keyof A,
  F extends ExtractAbiFunctionNames<A[N]>,
> = AbiParametersToPrimitiveTypes<ExtractAbiFunction<A[N], F>["outputs"], "outputs">
type Result<A extends AbiTable, N extends keyof A, F extends ExtractAbiFunctionNames<A[N]>> =
  Outputs<A, N, F> extends readonly [infer Only] ? Only : Outputs<A, N, F>

export interface DecodedEvent<Name> {
  readonly contract: Name
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
}

/** A call that was expected to succeed and reverted, or the other way round. */
export class UnexpectedOutcome extends Error {}

export const environmentOf = (number: bigint, extraSeconds = 0n): BlockEnvironment => ({
  number,
  timestampSeconds: genesisSeconds + number * secondsPerBlock + extraSeconds,
  prevRandao: keccak256(stringToHex(`randao ${number}`)),
  coinbase: addressFromName("builder"),
  gasLimit: 30_000_000n,
})

export abstract class ContractWorld<A extends AbiTable> {
  blockNumber = 1n
  extraSeconds = 0n
  readonly engine: Engine
  abstract readonly at: Readonly<Partial<Record<keyof A, Address>>>
  readonly #abis: A
  readonly #errors: ErrorTable
  #last: Promise<unknown> = Promise.resolve()

  constructor(engine: Engine, abis: A, errors: ErrorTable) {
    this.engine = engine
    this.#abis = abis
    this.#errors = errors
  }

  get environment(): BlockEnvironment {
    return this.environmentAt(this.blockNumber)
  }

  environmentAt(number: bigint): BlockEnvironment {
    return environmentOf(number, this.extraSeconds)
  }

  encode(contract: keyof A, functionName: string, args: unknown): Hex {
    const abi = this.#abis[contract] as Abi
    return encodeFunctionData({ abi, functionName, args: args as readonly unknown[] })
  }

  /** Sends a transaction that must revert; gives the reason in words, as `Error(arg, arg)`. */
  async fails<N extends keyof A, F extends Mutating<A, N>>(
    from: Address,
    contract: N,
    functionName: F,
    args: Inputs<A, N, F>,
    to?: Address,
  ): Promise<string> {
    const message = this.#messageOf(from, contract, functionName, args, to)
    const execution = await this.#execute("transact", message)
    if (execution.status === "success") throw new UnexpectedOutcome(`${functionName} succeeded`)
    return revertReasonOf(execution, this.#errors).reason
  }

  /** What a call would return, its effects undone. */
  async call<N extends keyof A, F extends ExtractAbiFunctionNames<A[N]>>(
    from: Address,
    contract: N,
    functionName: F,
    args: Inputs<A, N, F>,
    to?: Address,
  ): Promise<Result<A, N, F>> {
    const message = this.#messageOf(from, contract, functionName, args, to)
    const execution = this.#succeeded(functionName, await this.#execute("view", message))
    const abi = this.#abis[contract] as Abi
    const name: string = functionName
    return decodeFunctionResult({ abi, functionName: name, data: execution.returnData }) as Result<A, N, F>
  }

  read<N extends keyof A, F extends ExtractAbiFunctionNames<A[N], "view" | "pure">>(
    contract: N,
    functionName: F,
    args: Inputs<A, N, F>,
    to?: Address,
  ): Promise<Result<A, N, F>> {
    return this.call(governance, contract, functionName, args, to)
  }

  mine(blocks: number | bigint): void {
    this.blockNumber += BigInt(blocks)
  }

  /** A transaction that must succeed. */
  protected async transact(
    from: Address,
    contract: keyof A,
    functionName: string,
    args: unknown,
    to?: Address,
  ): Promise<Execution> {
    const message = this.#messageOf(from, contract, functionName, args, to)
    return this.#succeeded(functionName, await this.#execute("transact", message))
  }

  /** Logs of other addresses are left out, or decoded as those of `elsewhere`. */
  protected decodeEvents<Name extends keyof A>(
    { logs }: Execution,
    elsewhere?: Name,
  ): readonly DecodedEvent<Name>[] {
    return logs.flatMap(({ address, topics, data }) => {
      const known = Object.entries(this.at).find(([, at]) => at?.toLowerCase() === address.toLowerCase())
      const contract = (known?.[0] as Name | undefined) ?? elsewhere
      if (contract === undefined) return []
      const abi = this.#abis[contract] as Abi
      const event = decodeEventLog({ abi, topics: topics as [Hex, ...Hex[]], data })
      const args = (event.args ?? {}) as unknown as Readonly<Record<string, unknown>>
      return [{ contract, name: event.eventName ?? "", args }]
    })
  }

  /** One after the other: an engine's calls must not overlap, while a test may ask several things at once. */
  #execute(kind: "transact" | "view", message: Message): Promise<Execution> {
    const { environment } = this
    const execution = this.#last.then(() => this.engine[kind](message, environment))
    this.#last = execution.catch(() => undefined)
    return execution
  }

  #messageOf(
    from: Address,
    contract: keyof A,
    functionName: string,
    args: unknown,
    to: Address | undefined,
  ): Message {
    const address = to ?? this.at[contract]
    if (address === undefined) throw new Error(`${String(contract)} has no address of its own: say which`)
    const data = this.encode(contract, functionName, args)
    return { from, to: address, data, value: 0n, gasLimit: 30_000_000n }
  }

  #succeeded(functionName: string, execution: Execution): Execution {
    if (execution.status === "success") return execution
    throw new UnexpectedOutcome(`${functionName}: ${revertReasonOf(execution, this.#errors).reason}`)
  }
}
