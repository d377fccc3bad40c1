/**
 * tfjs on WebAssembly, one thread: the reference.
 *
 * One thread and one instruction set give the same bits for the same call, which is what a run's digest rests
 * on. The wasm binary is read from the package's own files; nothing goes over the network. Whether the SIMD
 * binary was chosen is reported, because the two binaries add in different orders and so differ in bits.
 */
import * as tf from "@tensorflow/tfjs-core"
import { getThreadsCount, setThreadsCount, version_wasm } from "@tensorflow/tfjs-backend-wasm"
import { registerKernels } from "../kernels/registerKernels.ts"
import { BackendUnavailable, type BackendReport, type NumericBackend } from "./numericBackend.ts"

const start = async (): Promise<BackendReport> => {
  tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", false)
  setThreadsCount(1)
  const simd = Boolean(await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT"))
  const started = await withoutProcessListeners(() => tf.setBackend("wasm"))
  if (!started) throw unavailable("tfjs could not initialise it")
  const threads = getThreadsCount()
  // The single-threaded binaries report −1 or 1.
  if (threads > 1) throw unavailable(`it runs ${threads} threads instead of one`)
  registerKernels()
  return { backend: "wasm", version: version_wasm, simd, threads: 1 }
}

export const wasm: NumericBackend = { tfjsName: "wasm", start }

const unavailable = (reason: string): BackendUnavailable =>
  new BackendUnavailable({ backend: "wasm", reason })

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
