/** A worker thread that plays one run and sends its story while it happens. */
// eslint-disable-next-line import/no-unassigned-import -- it acts by being loaded before Effect
import "../kernel/leanHost.ts"
import { parentPort, workerData } from "node:worker_threads"
import { microsToSeconds } from "../kernel/time.ts"
import { createStory, type Entry, type Story } from "../story/story.ts"
import { importRunModule } from "./runModule.ts"
import { failureOf } from "./runFailure.ts"
import { heartbeatWriter } from "./sharedHeartbeat.ts"
import type { FromStoryWorker, StorySetup } from "./tellRun.ts"

if (parentPort === null) throw new Error("storyWorker.ts is started as a worker thread")
const port = parentPort
const { job, untilSeconds, ...setup } = workerData as StorySetup
const send = (message: FromStoryWorker) => port.postMessage(message)

let batch: Entry[] = []
let lastMicros = 0
const tell = (entry: Entry) => void batch.push(entry)
const flush = () => {
  if (batch.length > 0) send({ type: "entries", entries: batch })
  batch = []
}

const play = async (): Promise<FromStoryWorker> => {
  const { runScenario } = await importRunModule(setup.runModule)
  const { chain, costs } = job.scenario
  let story: Story | undefined
  try {
    const { digest } = await runScenario({
      scenario: job.scenario,
      setting: job.setting,
      seed: job.seed,
      identity: job.identity,
      artifacts: setup.artifacts,
      engine: job.engine,
      cache: setup.cache,
      heartbeat: heartbeatWriter(setup.heartbeat, (names) => send({ type: "agents", names })),
      onProgress: () => undefined,
      onNames: (names) => {
        const { blockSeconds } = chain
        story = createStory({ names, blockSeconds, gasWeiPerGas: costs.gasWeiPerGas, tell })
      },
      traceSink: (event) => {
        // At once, so that the story of a run that hangs goes up to there.
        if (event.time > lastMicros) {
          story?.end()
          flush()
        }
        lastMicros = event.time
        if (untilSeconds !== undefined && microsToSeconds(event.time) > untilSeconds) {
          story?.end()
          flush()
          send({ type: "stopped" })
          // Nobody wants the rest; the main thread ends this one.
          story = undefined
        }
        story?.take(event)
      },
    })
    story?.end()
    flush()
    return { type: "done", digest }
  } catch (error) {
    story?.end()
    flush()
    return failureOf(error)
  }
}

send(await play())
