/**
 * Prepares a world on a thread of its own: a compiler that works for seconds without a pause must not keep the program
 * from hearing Ctrl-C.
 */
import type { Prepared, PrepareOptions } from "./runModule.ts"
import { startWorker } from "./startWorker.ts"

export interface PrepareSetup {
  readonly runModule: string
  readonly options: PrepareOptions
}

export type FromPrepareWorker =
  | { readonly type: "prepared"; readonly prepared: Prepared<unknown> }
  | { readonly type: "failed"; readonly tag: string; readonly message: string; readonly stack: string }

/** The world could not be prepared; `_tag` is that of the error on the other thread. */
export class PreparationFailed extends Error {
  readonly _tag: string
  constructor(tag: string, message: string, stack: string) {
    super(message)
    this._tag = tag
    if (stack !== "") this.stack = stack
  }
}

const WORKER = new URL(
  import.meta.url.endsWith(".ts") ? "./prepareWorker.ts" : "./prepareWorker.js",
  import.meta.url,
)

/** Undefined where the signal came first. Rejects with `PreparationFailed`. */
export async function prepareAside(
  runModule: string,
  options: PrepareOptions,
  signal: AbortSignal,
): Promise<Prepared<unknown> | undefined> {
  if (signal.aborted) return undefined
  const setup: PrepareSetup = { runModule, options }
  const worker = startWorker(WORKER, setup)
  try {
    return await new Promise<Prepared<unknown> | undefined>((resolve, reject) => {
      signal.addEventListener("abort", () => resolve(undefined), { once: true })
      worker.on("message", (message: FromPrepareWorker) => {
        if (message.type === "prepared") resolve(message.prepared)
        else reject(new PreparationFailed(message.tag, message.message, message.stack))
      })
      worker.on("error", reject)
      worker.on("exit", (code) => reject(new Error(`preparing the world ended with exit code ${code}`)))
    })
  } finally {
    await worker.terminate()
  }
}
