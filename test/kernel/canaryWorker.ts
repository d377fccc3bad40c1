/** Runs the canary program in a worker thread and posts its digest. */
import { parentPort } from "node:worker_threads"
import { runCanary } from "./canaryProgram.ts"

// eslint-disable-next-line unicorn/require-post-message-target-origin -- a port of a worker has no origin
parentPort?.postMessage((await runCanary()).digest)
