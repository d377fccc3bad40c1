/** The numeric backend of learning, behind one door: which it is, that it runs, and what a manifest says of it. */
import * as tf from "@tensorflow/tfjs-core"
import { Schema } from "effect"
import type { BackendName } from "./backends/backendName.ts"
import type { BackendReport, NumericBackend } from "./backends/numericBackend.ts"
import { tfjsNode } from "./backends/tfjsNode.ts"
import { wasm } from "./backends/wasm.ts"

export { BackendUnavailable, type BackendReport } from "./backends/numericBackend.ts"
export type { BackendName }

/** Learning was asked for before `initialiseBackend()` had resolved. */
export class BackendNotInitialised extends Schema.TaggedError<BackendNotInitialised>()(
  "BackendNotInitialised",
  {},
) {
  override get message(): string {
    return "await initialiseBackend() before training or evaluating"
  }
}

const backends: Readonly<Record<BackendName, NumericBackend>> = { wasm, "tfjs-node": tfjsNode }

const started = new Map<BackendName, Promise<BackendReport>>()
let running: BackendReport | undefined

/**
 * Makes this the backend of the thread, starting it where it has not been; later calls give the same report. Default:
 * WebAssembly. Rejects with `BackendUnavailable`.
 */
export const initialiseBackend = async (name: BackendName = "wasm"): Promise<BackendReport> => {
  const { start, tfjsName } = backends[name]
  // Production mode silences advice on the console and skips checks that read every tensor back.
  tf.enableProdMode()
  const starting = started.get(name) ?? start()
  started.set(name, starting)
  const report = await starting
  if (running !== report) await tf.setBackend(tfjsName)
  running = report
  return report
}

/** The report of the running backend; throws `BackendNotInitialised` before it runs. */
export const backendReport = (): BackendReport => {
  if (running === undefined) throw new BackendNotInitialised()
  return running
}

/** A line for manifests and identities. */
export const describeBackend = (report: BackendReport): string => {
  switch (report.backend) {
    case "wasm": {
      const { version, simd, threads } = report
      return `tfjs-wasm ${version}, ${simd ? "SIMD" : "no SIMD"}, ${threads} thread`
    }
    case "tfjs-node":
      return `tfjs-node ${report.version}, TensorFlow ${report.library}: native, not reproducible to the bit elsewhere`
  }
}
