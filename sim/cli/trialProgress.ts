/** Says on stderr how far trials are: a bar on a terminal, a line a trial elsewhere, nothing when quiet. */
import { formatCount } from "../results/format.ts"
import type { TrialsObserver } from "../trial/runTrials.ts"
import type { JudgedTrial } from "../trial/trialTable.ts"
import { duration, type Screen } from "./progress.ts"

export interface TrialProgress {
  /** So many runs more are wanted. */
  readonly wanted: (runs: number) => void
  /** A run is done, or has failed. */
  readonly played: () => void
  /** One of the things that there are is done. */
  readonly done: (line: string) => void
  /** Something on the way to that is; said where there is no bar. */
  readonly step: (line: string) => void
  /** What is going on before the first run. */
  readonly begin: (line: string) => void
  /** Takes the bar away. */
  readonly end: () => void
}

const nothing = () => undefined

export const quietTrialProgress = (): TrialProgress => ({
  wanted: nothing,
  played: nothing,
  done: nothing,
  step: nothing,
  begin: nothing,
  end: nothing,
})

/** What a search and its verdicts tell. */
export const observerOf = (
  { wanted, done, step }: TrialProgress,
  onJudged: (trial: JudgedTrial) => void,
): TrialsObserver => ({
  wanted,
  searched: ({ name }) => step(`${name}: searched`),
  judged: (judged) => {
    const { off, on } = judged.judged
    onJudged(judged)
    done(`${judged.trial.name}: ${formatCount(off.replicates + on.replicates, "replicate")}`)
  },
})

const REDRAW_MS = 100
const BAR_WIDTH = 24

export interface Expected {
  /** Things that are to be done, and what one of them is. */
  readonly count: number
  readonly what: string
  /** Runs that are asked for before anybody knows whether more will be. */
  readonly runs: number
}

export function showTrialProgress(
  screen: Screen,
  expected: Expected,
  clock: () => number = () => performance.now(),
): TrialProgress {
  const bar = screen.isTTY === true
  const startedMs = clock()
  let wanted = 0
  let played = 0
  let finished = 0
  let drawnMs = Number.NEGATIVE_INFINITY

  // Verdicts that take more looks make it longer: what is known to be wanted, and what one of those done has taken.
  const total = () => Math.max(wanted, isTelling() ? (played / finished) * expected.count : expected.runs, 1)
  /** Some take fifty times as many runs as others: the first ones say little about the rest. */
  const isTelling = () => finished > 0 && finished >= expected.count / 4
  const timeLeft = () => {
    const elapsed = (clock() - startedMs) / 1000
    if (played < 10 || elapsed < 1 || played >= total()) return ""
    if (expected.count > 1 && !isTelling()) return ""
    return `  ${duration(((total() - played) * elapsed) / played)} left`
  }
  const clear = () => {
    if (bar) screen.write("\r\u001b[K")
  }
  const draw = (always: boolean) => {
    const now = clock()
    if (!bar || (!always && now - drawnMs < REDRAW_MS)) return
    drawnMs = now
    const share = Math.min(1, played / total())
    const filled = Math.round(share * BAR_WIDTH)
    const counts = `${finished}/${formatCount(expected.count, expected.what)}  ${formatCount(played, "run")}`
    const text = `${"█".repeat(filled)}${"░".repeat(BAR_WIDTH - filled)} ${Math.floor(share * 100)} %  ${counts}${timeLeft()}`
    screen.write(`\r\u001b[K${text.slice(0, Math.max(10, (screen.columns ?? 80) - 1))}`)
  }
  const say = (line: string) => {
    clear()
    screen.write(`${line}\n`)
    draw(true)
  }
  return {
    wanted: (runs) => {
      wanted += runs
    },
    played: () => {
      played += 1
      draw(false)
    },
    done: (line) => {
      finished += 1
      if (!bar) say(`${finished}/${expected.count} ${line}${timeLeft()}`)
      draw(true)
    },
    step: (line) => {
      if (!bar) say(`${line}${timeLeft()}`)
    },
    begin: (line) => {
      screen.write(bar ? line : `${line}\n`)
    },
    end: clear,
  }
}
