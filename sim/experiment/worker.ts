/** A worker thread: plays the runs that it is given, one after the other, and writes their results. */
// eslint-disable-next-line import/no-unassigned-import -- it acts by being loaded before Effect
import "../kernel/leanHost.ts"
import { parentPort, workerData } from "node:worker_threads"
import { Schema } from "effect"
import { canonicalJson } from "../kernel/canonicalJson.ts"
import { sha256Hex } from "../kernel/hash.ts"
import { RunResult } from "../results/runResult.ts"
import { writeAtomically } from "./atomicFile.ts"
import { failureOf } from "./runFailure.ts"
import { importRunModule } from "./runModule.ts"
import { heartbeatWriter } from "./sharedHeartbeat.ts"
import { openTraceFile } from "./traceFile.ts"
import type { FromWorker, Job, JobDone, WorkerSetup } from "./workerMessages.ts"

if (parentPort === null) throw new Error("worker.ts is started as a worker thread")
const port = parentPort
const setup = workerData as WorkerSetup
const tell = (message: FromWorker) => port.postMessage(message)

// Ahead of the first run: a worker may start while another still plays. A failure shows again in the run.
importRunModule(setup.runModule).catch(() => undefined)

const PROGRESS_STEP = 0.01

async function play(job: Job): Promise<JobDone> {
  const { runScenario } = await importRunModule(setup.runModule)
  const trace = job.traceFile === null ? undefined : openTraceFile(job.traceFile)
  let told = 0
  const result = await runScenario({
    scenario: job.scenario,
    setting: job.setting,
    seed: job.seed,
    identity: job.identity,
    artifacts: setup.artifacts,
    engine: job.engine,
    cache: setup.cache,
    heartbeat: heartbeatWriter(setup.heartbeat, (names) => tell({ type: "agents", names })),
    onProgress: (fraction) => {
      if (fraction < told + PROGRESS_STEP) return
      told = fraction
      tell({ type: "progress", fraction })
    },
    traceSink: trace === undefined ? undefined : (_event, line) => trace.append(line),
  })
  const text = `${canonicalJson(checked(job, result))}\n`
  const traceHash = trace === undefined ? null : trace.close()
  if (job.resultFile !== null) writeAtomically(job.resultFile, text)
  const done = { type: "done", digest: result.digest, contentHash: sha256Hex(text), traceHash } as const
  return job.returnsResult === true ? { ...done, result } : done
}

/** A result is kept only if it is one, and that of this run. */
function checked(job: Job, result: RunResult): RunResult {
  const decoded = Schema.decodeUnknownSync(RunResult)(result, { errors: "all", onExcessProperty: "error" })
  for (const key of ["setting", "seed", "identity"] as const) {
    if (decoded[key] !== job[key]) {
      throw new Error(`the run's result has ${key} ${decoded[key]}, expected ${job[key]}`)
    }
  }
  return decoded
}

port.on("message", (job: Job) => {
  play(job).then(tell, (error: unknown) => tell(failureOf(error)))
})
