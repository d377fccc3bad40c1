/** Runs the canary program in a worker thread and posts its digest. */
import { parentPort } from "node:worker_threads"
import { runCanary } from "./canaryProgram.ts"

parentPort?.postMessage((await runCanary()).digest)
