/** Transactions before virtual time starts: straight into the engine, each of which must succeed. */
import type { Abi, AbiParametersToPrimitiveTypes, ExtractAbiFunction, ExtractAbiFunctionNames } from "abitype"
import { type Address, type Hex, decodeFunctionResult, encodeDeployData, encodeFunctionData } from "viem"
import { allErrorsAbi } from "./abi/allErrors.ts"
import { type CompiledSuite, contractOf } from "./compile/artifact.ts"
import type { BlockEnvironment, Engine, Execution } from "./engine/engine.ts"
import { errorTableOf, revertReasonOf } from "./revertReason.ts"

/** A transaction at genesis did not succeed: the world cannot be set up like this. */
export class GenesisFailed extends Error {
  override readonly name = "GenesisFailed"
}

type Callable = "nonpayable" | "view" | "pure"
type Inputs<A extends Abi, F extends string, M extends Callable> = AbiParametersToPrimitiveTypes<
  ExtractAbiFunction<A, F, M>["inputs"],
  "inputs"
>

/** What can be done at genesis. Calls must be awaited one after the other. */
export interface Genesis {
  /** Deploys a compiled contract. Rejects with `GenesisFailed`. */
  deploy(from: Address, contract: string, args: readonly unknown[]): Promise<Address>
  /** Calls a function and keeps its effects. Rejects with `GenesisFailed`, which names function and reason. */
  call<const A extends Abi, F extends ExtractAbiFunctionNames<A, "nonpayable">>(request: {
    readonly from: Address
    readonly to: Address
    readonly abi: A
    readonly functionName: F
    readonly args: Inputs<A, F, "nonpayable">
  }): Promise<Execution>
  /** Reads a view. Rejects with `GenesisFailed`. */
  read<const A extends Abi, F extends ExtractAbiFunctionNames<A, "view" | "pure">>(request: {
    readonly to: Address
    readonly abi: A
    readonly functionName: F
    readonly args: Inputs<A, F, "view" | "pure">
  }): Promise<ReadResult<A, F>>
}

type Outputs<A extends Abi, F extends string> = AbiParametersToPrimitiveTypes<
  ExtractAbiFunction<A, F, "view" | "pure">["outputs"],
  "outputs"
>
/** As viem: nothing, the single value, or the tuple of all. */
export type ReadResult<A extends Abi, F extends string> =
  Outputs<A, F> extends readonly []
    ? void
    : Outputs<A, F> extends readonly [infer Only]
      ? Only
      : Outputs<A, F>

const errors = errorTableOf(allErrorsAbi)

/** Binds an engine, a compiled set and the block that genesis happens in. */
export const createGenesis = (options: {
  readonly engine: Engine
  readonly compiled: CompiledSuite
  readonly block: BlockEnvironment
}): Genesis => {
  const { engine, compiled, block } = options
  const message = (from: Address, to: Address | null, data: Hex) => {
    return { from, to, data, value: 0n, gasLimit: block.gasLimit }
  }
  return {
    deploy: async (from, contract, args) => {
      const { abi, bytecode } = contractOf(compiled, contract)
      const data = encodeDeployData({ abi, bytecode, args: [...args] })
      const execution = await engine.transact(message(from, null, data), block)
      if (execution.createdAddress === undefined) throw failed(`deploying ${contract}`, execution)
      return execution.createdAddress
    },
    call: async ({ from, to, abi, functionName, args }) => {
      const data = encode(abi, functionName, args)
      const execution = await engine.transact(message(from, to, data), block)
      if (execution.status !== "success") throw failed(`${functionName} called by ${from}`, execution)
      return execution
    },
    read: async ({ to, abi, functionName, args }) => {
      const data = encode(abi, functionName, args)
      const execution = await engine.view(message(zeroAddress, to, data), block)
      if (execution.status !== "success") throw failed(functionName, execution)
      return decode(abi, functionName, execution.returnData) as never
    },
  }
}

const zeroAddress: Address = "0x0000000000000000000000000000000000000000"

const encode = (abi: Abi, functionName: string, args: unknown): Hex =>
  encodeFunctionData({ abi, functionName, args: args as readonly unknown[] })

const decode = (abi: Abi, functionName: string, data: Hex): unknown =>
  decodeFunctionResult({ abi, functionName, data })

const failed = (what: string, execution: Execution): GenesisFailed =>
  new GenesisFailed(`Genesis: ${what} failed: ${revertReasonOf(execution, errors).reason}.`)
