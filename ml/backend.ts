/**
 * The numeric backend of learning: tfjs on WebAssembly, one thread.
 *
 * One thread and one instruction set give the same bits for the same call, which is what a run's digest rests
 * on. The wasm binary is read from the package's own files; nothing goes over the network. Whether the SIMD
 * binary was chosen is reported, because the two binaries add in different orders and so differ in bits.
 */
import * as tf from "@tensorflow/tfjs-core"
import { getThreadsCount, setThreadsCount, version_wasm } from "@tensorflow/tfjs-backend-wasm"
import { Schema } from "effect"
import { registerKernels } from "./kernels/registerKernels.ts"

/** What computed the numbers of a run: belongs to the run's identity. */
export interface BackendReport {
  readonly backend: "wasm"
  /** Version of the tfjs WebAssembly backend. */
  readonly version: string
  /** Whether the binary with SIMD instructions runs. */
  readonly simd: boolean
  readonly threads: number
}

/** The WebAssembly backend did not start, or started in a form whose results are not reproducible. */
export class BackendUnavailable extends Schema.TaggedError<BackendUnavailable>()("BackendUnavailable", {
  reason: Schema.String,
}) {
  override get message(): string {
    return `the tfjs WebAssembly backend is unavailable: ${this.reason}`
  }
}

/** Learning was asked for before `initialiseBackend()` had resolved. */
export class BackendNotInitialised extends Schema.TaggedError<BackendNotInitialised>()(
  "BackendNotInitialised",
  {},
) {
  override get message(): string {
    return "await initialiseBackend() before training or evaluating"
  }
}

let starting: Promise<BackendReport> | undefined
let ready: BackendReport | undefined

/** Starts the backend once per thread; later calls return the same report. */
export const initialiseBackend = (): Promise<BackendReport> => (starting ??= start())

/** The report of the running backend; throws `BackendNotInitialised` before it runs. */
export const backendReport = (): BackendReport => {
  if (ready === undefined) throw new BackendNotInitialised()
  return ready
}

const start = async (): Promise<BackendReport> => {
  // Production mode silences advice on the console and skips checks that read every tensor back.
  tf.enableProdMode()
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false)
  setThreadsCount(1)
  const simd = Boolean(await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT"))
  const started = await withoutProcessListeners(() => tf.setBackend("wasm"))
  if (!started) throw new BackendUnavailable({ reason: "tfjs could not initialise it" })
  const threads = getThreadsCount()
  // The single-threaded binaries report −1 or 1.
  if (threads > 1) throw new BackendUnavailable({ reason: `it runs ${threads} threads instead of one` })
  registerKernels()
  ready = { backend: "wasm", version: version_wasm, simd, threads: 1 }
  return ready
}

/** Emscripten installs process-wide handlers that rethrow whatever fails anywhere: take them off again. */
const withoutProcessListeners = async <A>(run: () => Promise<A>): Promise<A> => {
  const events = ["uncaughtException", "unhandledRejection"] as const
  const before = events.map((event) => new Set<unknown>(process.rawListeners(event)))
  try {
    return await run()
  } finally {
    events.forEach((event, index) => {
      for (const listener of process.rawListeners(event)) {
        if (!before[index]!.has(listener)) process.removeListener(event, listener as () => void)
      }
    })
  }
}
