/**
 * The precompile at address 10 checks blobs against a trusted setup of many megabytes that nothing here
 * needs. EthereumJS would throw out of the middle of its frames; this one ends the frame and remembers.
 */
import { type EVM, EVMError } from "@ethereumjs/evm"
import { NotSupported } from "../engine.ts"

const pointEvaluation = "0a".padStart(40, "0")

export interface PointEvaluationWatch {
  /** Throws `NotSupported` when the precompile was called since the last time; the caller then reverts. */
  refuse(): void
}

export const watchPointEvaluation = (evm: EVM): PointEvaluationWatch => {
  let called = false
  evm.precompiles.set(pointEvaluation, ({ gasLimit }) => {
    called = true
    const exceptionError = new EVMError(EVMError.errorMessages.OUT_OF_GAS)
    return { returnValue: new Uint8Array(0), executionGasUsed: gasLimit, exceptionError }
  })
  return {
    refuse: () => {
      if (!called) return
      called = false
      throw new NotSupported("Point evaluation (precompile 10, EIP-4844) is not supported.")
    },
  }
}
