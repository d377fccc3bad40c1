/**
 * V4: how long a lazy coordinator gets away with it. A keeper traps each task with probability φ, independently, so the
 * number of tasks until the first forced error is geometric: mean 1/φ, P(at least one in n) = 1 − (1 − φ)ⁿ.
 *
 * Whole runs on the contracts: the keeper commits, answers and opens, a lazy coordinator sits on every panel and votes.
 * What is counted are its votes on submissions that turned out to be traps. P(at least one in n) is the share of all
 * stretches of n consecutive tasks with at least one; a replicate is one run.
 */
import { join } from "node:path"
import type { RunResult } from "../../sim/results/runResult.ts"
import { playExperiment } from "../run/playExperiment.ts"
import { statisticalRow, type ValidationRow, type ValidationTarget } from "./target.ts"

interface Case {
  readonly permille: number
  /** Of these, the first is all that the few tasks of a quick run can tell something about. */
  readonly stretches: readonly { readonly tasks: number; readonly expected: number; readonly width: Width }[]
  /** Largest width of the interval of φ itself. */
  readonly width: Width
}

type Mode = "quick" | "full"
type Width = Readonly<Record<Mode, number>>

/** Expected values from the targets' table, not computed here. Widths are what the number of tasks can give. */
const cases: readonly Case[] = [
  {
    permille: 50,
    width: { quick: 0.1, full: 0.01 },
    stretches: [
      { tasks: 50, expected: 0.92306, width: { quick: 0.6, full: 0.05 } },
      { tasks: 100, expected: 0.99408, width: { quick: 1, full: 0.02 } },
    ],
  },
  {
    permille: 10,
    width: { quick: 0.03, full: 0.006 },
    stretches: [
      { tasks: 50, expected: 0.39499, width: { quick: 1, full: 0.12 } },
      { tasks: 100, expected: 0.63397, width: { quick: 1, full: 0.18 } },
    ],
  },
]

const sizes: Readonly<Record<Mode, readonly string[]>> = {
  quick: ["replicates=6", "tasks.perRound=50"],
  full: ["replicates=40", "tasks.perRound=500"],
}

export const v4: ValidationTarget = {
  id: "V4",
  title: "Detection time of a lazy coordinator",
  source: "geometric distribution; φ = forced-error probability",
  kind: "statistical",
  rows: async (mode) => {
    const rows: ValidationRow[] = []
    for (const { permille, width, stretches } of mode === "quick" ? cases.slice(0, 1) : cases) {
      const set = [...sizes[mode], `parameters["ForcedErrorRegistry.forcedErrorProbability"]=${permille}`]
      const runs = await playExperiment(join(import.meta.dirname, "detection.yaml"), set)
      const meetings = runs.map(meetingsOf)
      const share = `${permille / 10} %`
      rows.push(
        statisticalRow({
          label: `forced errors met per task, φ = ${share}`,
          expected: permille / 1000,
          replicates: meetings.map((met) => shareOf(met.map((one) => [one]))),
          tolerance: width[mode],
        }),
      )
      for (const { tasks, expected, width } of mode === "quick" ? stretches.slice(0, 1) : stretches) {
        rows.push(
          statisticalRow({
            label: `P(at least one in ${tasks} tasks), φ = ${share}`,
            expected,
            replicates: meetings.map((met) => shareOf(windowsOf(met, tasks))),
            tolerance: width[mode],
          }),
        )
      }
    }
    return rows
  },
}

/** Whether the lazy coordinator voted on a trap, task by task in the order of proposal. */
const meetingsOf = ({ submissions }: RunResult): readonly boolean[] =>
  submissions
    .filter(({ votes }) => votes.some(({ strategy }) => strategy === "coordinator/lazy"))
    .sort((a, b) => a.taskId - b.taskId)
    .map(({ trap }) => trap)

const windowsOf = (met: readonly boolean[], length: number): readonly (readonly boolean[])[] =>
  Array.from({ length: met.length - length + 1 }, (_, start) => met.slice(start, start + length))

/** Share of the windows that hold at least one meeting. */
const shareOf = (windows: readonly (readonly boolean[])[]): number =>
  windows.filter((window) => window.includes(true)).length / windows.length
