/** The other thread of `compileUnits`. */
import { parentPort, workerData } from "node:worker_threads"
import { CompilationFailed } from "./errors.ts"
import { type SolcResult, runSolc } from "./solc.ts"
import type { SourceUnits } from "./sources.ts"

/** What the thread answers: contracts, or the compiler's messages. */
export type SolcReply = SolcResult | { readonly messages: readonly string[] }

const { units, emit } = workerData as { readonly units: SourceUnits; readonly emit: readonly string[] }

const compile = (): SolcReply => {
  try {
    return runSolc(units, emit)
  } catch (error) {
    if (error instanceof CompilationFailed) return { messages: error.messages }
    throw error
  }
}

// eslint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
parentPort?.postMessage(compile())
