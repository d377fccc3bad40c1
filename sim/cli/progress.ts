/** Says on stderr how far an experiment is: a bar on a terminal, a line per run elsewhere, nothing when quiet. */
import type { ExperimentObserver, OtherExperiment } from "../experiment/experimentOptions.ts"
import { runKey } from "../experiment/outputFolder.ts"
import { formatCount } from "../results/format.ts"

export interface Screen {
  readonly isTTY?: boolean
  readonly columns?: number
  write(text: string): unknown
}

export interface Progress extends ExperimentObserver {
  /** Says something above the bar. */
  readonly say: (line: string) => void
  /** Takes the bar away. */
  readonly end: () => void
}

const nothing = () => undefined

export function quietProgress(): Progress {
  const silent = { prepared: nothing, progress: nothing, done: nothing, failed: nothing, audited: nothing }
  return { ...silent, say: nothing, end: nothing }
}

const REDRAW_MS = 100
const BAR_WIDTH = 24

export function showProgress(screen: Screen, clock: () => number = () => performance.now()): Progress {
  const bar = screen.isTTY === true
  const running = new Map<string, number>()
  let total = 0
  let finished = 0
  let before = 0
  let startedMs = clock()
  let drawnMs = Number.NEGATIVE_INFINITY
  let ended = false

  const clear = () => {
    if (bar) screen.write("\r\u001b[K")
  }
  const share = () => {
    let done = finished
    for (const fraction of running.values()) done += fraction
    return total === 0 ? 0 : done / total
  }
  const draw = (always: boolean) => {
    const now = clock()
    if (!bar || (!always && now - drawnMs < REDRAW_MS)) return
    drawnMs = now
    const part = share()
    const filled = Math.round(part * BAR_WIDTH)
    const text = `${"█".repeat(filled)}${"░".repeat(BAR_WIDTH - filled)} ${Math.floor(part * 100)} %  ${finished}/${total} runs${timeLeft(now)}`
    screen.write(`\r\u001b[K${text.slice(0, Math.max(10, (screen.columns ?? 80) - 1))}`)
  }
  /** By the pace since the start of this process; what was finished before it says nothing about pace. */
  const timeLeft = (now: number) => {
    const played = share() * total - before
    const elapsed = (now - startedMs) / 1000
    if (played <= 0.02 || elapsed < 1) return ""
    return `  ${duration(((total - before - played) * elapsed) / played)} left`
  }
  const say = (line: string) => {
    clear()
    screen.write(`${line}\n`)
    draw(true)
  }
  const settle = (job: { readonly setting: string; readonly seed: number }) => {
    running.delete(runKey(job))
    finished += 1
  }
  return {
    say,
    prepared: ({ runs, finished: kept, checks, other, keptAuditShare }) => {
      total = runs + checks
      finished = kept
      before = kept
      startedMs = clock()
      if (other !== undefined) say(otherText(other))
      if (kept > 0) say(`${formatCount(kept, "run")} of ${runs} are there already`)
      if (keptAuditShare !== undefined) {
        say(`the audit of the first start stays: a share of ${keptAuditShare} of the runs is repeated`)
      }
      draw(true)
    },
    progress: (job, fraction) => {
      running.set(runKey(job), Math.min(1, fraction))
      draw(false)
    },
    done: (job) => {
      settle(job)
      if (bar) draw(true)
      else say(`${finished}/${total} ${job.setting} seed ${job.seed} done${timeLeft(clock())}`)
    },
    audited: (job) => {
      finished += 1
      if (bar) draw(true)
      else
        say(`${finished}/${total} ${job.setting} seed ${job.seed} repeated for the audit${timeLeft(clock())}`)
    },
    failed: (failure) => {
      settle(failure)
      const [summary] = failure.message.split("\n")
      say(`${failure.setting} seed ${failure.seed} has no result: ${summary}`)
    },
    end: () => {
      if (!ended) clear()
      ended = true
    },
  }
}

/** `out/x-1a2b3c4d keeps what was in the folder: an experiment with another setting base: rounds: was 2, is 10`. */
function otherText({ changed, movedTo }: OtherExperiment): string {
  const [first = "no input that a manifest lists"] = changed
  const more = changed.length > 1 ? `, and ${formatCount(changed.length - 1, "more difference")}` : ""
  const verb = movedTo === null ? "writing over" : `kept in ${movedTo}:`
  return `${verb} the folder's earlier experiment, which is another one (${first}${more})`
}

/** `45 s`, `12 min 3 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}
