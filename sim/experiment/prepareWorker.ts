/** The other thread of `prepareAside`. */
import { parentPort, workerData } from "node:worker_threads"
import { importRunModule } from "./runModule.ts"
import type { FromPrepareWorker, PrepareSetup } from "./prepareAside.ts"

if (parentPort === null) throw new Error("prepareWorker.ts is started as a worker thread")
const port = parentPort
const { runModule, options } = workerData as PrepareSetup

const prepare = async (): Promise<FromPrepareWorker> => {
  try {
    const module = await importRunModule(runModule)
    return { type: "prepared", prepared: await module.prepare(options) }
  } catch (error) {
    if (!(error instanceof Error)) return { type: "failed", tag: "Error", message: String(error), stack: "" }
    // A class does not survive the way to the other thread; its name does.
    const tag = "_tag" in error ? String(error._tag) : error.name
    return { type: "failed", tag, message: error.message, stack: error.stack ?? "" }
  }
}

port.postMessage(await prepare())
