/** Like `canaryWorker.ts`, on a lean host; posts whether fibers still capture a resource of Node, too. */
// eslint-disable-next-line import/no-unassigned-import -- it acts by being loaded before Effect
import "../../sim/kernel/leanHost.ts"
import { createHook } from "node:async_hooks"
import { parentPort } from "node:worker_threads"
import { runCanary } from "./canaryProgram.ts"

let captured = 0
createHook({
  init: (_, type) => {
    if (type === "effect/Fiber") captured++
  },
}).enable()
const { digest } = await runCanary()
const message = { digest, captured, hidden: process.getBuiltinModule("node:async_hooks") === undefined }
// eslint-disable-next-line unicorn/require-post-message-target-origin -- a port of a worker has no origin
parentPort?.postMessage(message)
