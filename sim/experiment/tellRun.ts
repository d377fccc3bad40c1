/** Plays one run on a thread of its own and hands out its story as it happens, also that of a run which hangs. */
import { microsToSeconds } from "../kernel/time.ts"
import type { Entry } from "../story/story.ts"
import { createHeartbeatMemory } from "./sharedHeartbeat.ts"
import { startWorker } from "./startWorker.ts"
import { watch } from "./watchdog.ts"
import type { Job, JobFailed, WorkerSetup } from "./workerMessages.ts"

export interface StorySetup extends WorkerSetup {
  readonly job: Job
  readonly untilSeconds: number | undefined
}

export type FromStoryWorker =
  | { readonly type: "agents"; readonly names: readonly string[] }
  | { readonly type: "entries"; readonly entries: readonly Entry[] }
  | { readonly type: "stopped" }
  | { readonly type: "done"; readonly digest: string }
  | JobFailed

export type Told =
  | { readonly _tag: "ended"; readonly digest: string }
  /** At the time that was asked for. */
  | { readonly _tag: "stopped" }
  | { readonly _tag: "failed"; readonly message: string }

export interface TellOptions extends Omit<StorySetup, "heartbeat"> {
  readonly watchdogSeconds: number
  readonly signal: AbortSignal
  readonly onEntries: (entries: readonly Entry[]) => void
}

const WORKER = new URL(
  import.meta.url.endsWith(".ts") ? "./storyWorker.ts" : "./storyWorker.js",
  import.meta.url,
)

export async function tellRun(options: TellOptions): Promise<Told> {
  const { watchdogSeconds, signal, onEntries, ...setup } = options
  const heartbeat = createHeartbeatMemory()
  const workerData: StorySetup = { ...setup, heartbeat }
  const worker = startWorker(WORKER, workerData)
  const names: string[] = []
  let stopWatching: (() => void) | undefined
  try {
    return await new Promise<Told>((resolve, reject) => {
      const fail = (message: string) => resolve({ _tag: "failed", message })
      stopWatching = watch(heartbeat, watchdogSeconds, (pulse) => {
        const agent = names[pulse.agentIndex] ?? `agent ${pulse.agentIndex}`
        const time = microsToSeconds(pulse.timeMicros)
        fail(`${agent} hangs at ${time} s of virtual time: one step took over ${watchdogSeconds} s`)
      })
      signal.addEventListener("abort", () => resolve({ _tag: "stopped" }), { once: true })
      worker.on("error", reject)
      worker.on("exit", (code) => fail(`the worker ended with exit code ${code}`))
      worker.on("message", (message: FromStoryWorker) => {
        if (message.type === "agents") names.push(...message.names)
        else if (message.type === "entries") onEntries(message.entries)
        else if (message.type === "stopped") resolve({ _tag: "stopped" })
        else if (message.type === "done") resolve({ _tag: "ended", digest: message.digest })
        else fail(message.message)
      })
    })
  } finally {
    stopWatching?.()
    await worker.terminate()
  }
}
