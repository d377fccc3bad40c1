/** Precompiles are EthereumJS's own functions, but for two that the core has itself; it calls them through its one import. */
import { type ExecResult, type PrecompileFunc, createEVM } from "@ethereumjs/evm"
import { createCancunCommon } from "../ethereumjs/tunedEvm.ts"
import { NotSupported } from "../engine.ts"

/** Input as it lies in the core's memory. Gives the gas that is left, or −1 when the call fails. */
export type HostPrecompile = (address: number, input: number, size: number, gas: bigint) => bigint

/** Runs a precompile on bytes. */
export type RunPrecompile = (address: number, data: Uint8Array, gasLimit: bigint) => ExecResult

const pointEvaluation = 10

let prepared: Promise<RunPrecompile> | undefined

/** The functions, made once per process. */
export const ethereumJsPrecompiles = (): Promise<RunPrecompile> => (prepared ??= prepare())

const prepare = async (): Promise<RunPrecompile> => {
  const common = createCancunCommon()
  const evm = await createEVM({ common })
  return (address, data, gasLimit) => {
    if (address === pointEvaluation)
      throw new NotSupported("Point evaluation (precompile 10, EIP-4844) is not supported.")
    const run = evm.precompiles.get(address.toString(16).padStart(40, "0")) as PrecompileFunc
    const result = run({ data, gasLimit, common, _EVM: evm })
    if (result instanceof Promise) throw new Error(`EthereumJS's precompile ${address} answers later.`)
    return result
  }
}
