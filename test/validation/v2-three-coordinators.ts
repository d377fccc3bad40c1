/**
 * V2: three coordinators of equal stake, one of which makes up its mind. If the other two are lazy it is outvoted on every
 * forced error and catches alone; if they look it shares the jackpot with them. So what looking gains depends on what the
 * others do: 1.2 ATN a task or 4.6333, and at any cost between the two both everybody's looking and nobody's are
 * equilibria. Whole runs, with the seat's strategy changed on the same seeds.
 */
import type { RunResult } from "../../sim/results/runResult.ts"
import {
  CONSENSUS_SLASH,
  controlled,
  COST,
  errorsOf,
  FEE,
  JACKPOT,
  MISS_SLASH,
  playLaziness,
  profitPerTask,
  type Mode,
} from "./looking.ts"
import { exactRow, statisticalRow, type ValidationRow, type ValidationTarget } from "./target.ts"

const WIDTH: Readonly<Record<Mode, number>> = { quick: 0.05, full: 0.02 }

/** A cost at which both equilibria stand, ATN a task. */
const COST_BETWEEN = 2.5

type Strategy = "coordinator/honest" | "coordinator/lazy"

const play = (mode: Mode, seat: Strategy, others: Strategy): Promise<readonly RunResult[]> =>
  playLaziness(mode, [
    `population[honest].strategy=${seat}`,
    "population[honest].stakeAtn=500000",
    `population[lazy].strategy=${others}`,
    "population[lazy].count=2",
  ])

/** What a forced error adds to the seat's profit, by what it does and what the others do. */
const perTrap = (seat: Strategy, others: Strategy): number => {
  if (seat === others) return seat === "coordinator/honest" ? JACKPOT / 3 : -MISS_SLASH
  return (seat === "coordinator/honest" ? JACKPOT : -MISS_SLASH) - CONSENSUS_SLASH - FEE
}

/** The seat's profit in each run, ATN a task, its luck corrected for. */
const profits = (runs: readonly RunResult[], seat: Strategy, others: Strategy): readonly number[] =>
  runs.map((run) =>
    controlled(run, profitPerTask(run, "honest"), {
      rejected: 0,
      perTrap: perTrap(seat, others),
      perRejectedTrap: 0,
    }),
  )

/** What the seat's looking gains in each run, its cost left out: the same seed with it and without. */
const gainsOfLooking = async (mode: Mode, others: Strategy) => {
  const looking = await play(mode, "coordinator/honest", others)
  const lazy = await play(mode, "coordinator/lazy", others)
  const without = profits(lazy, "coordinator/lazy", others)
  const gains = profits(looking, "coordinator/honest", others).map(
    (profit, seed) => profit + COST - (without[seed] ?? Number.NaN),
  )
  return { gains, errors: looking.reduce((sum, run) => sum + errorsOf(run), 0) }
}

export const v2: ValidationTarget = {
  id: "V2",
  title: "Three coordinators of equal stake",
  source: "V1's formula with two others of one kind: φ·(J + S_F − f − S_Y), φ·(J/3 + S_F + f + S_Y)",
  kind: "statistical",
  rows: async (mode) => {
    const rows: ValidationRow[] = []
    const cases = [
      { others: "coordinator/lazy", name: "lazy", expected: 1.2, holds: "approving stays best" },
      { others: "coordinator/honest", name: "honest", expected: 4.6333333333, holds: "looking stays best" },
    ] as const
    for (const { others, name, expected, holds } of cases) {
      const { gains, errors } = await gainsOfLooking(mode, others)
      const tolerance = WIDTH[mode] * expected
      rows.push(
        statisticalRow({
          label: `break-even cost in ATN, the other two ${name}`,
          expected,
          replicates: gains,
          tolerance,
        }),
        statisticalRow({
          label: `what looking adds at c = ${COST_BETWEEN}, the other two ${name}: ${holds}`,
          expected: expected - COST_BETWEEN,
          replicates: gains.map((gain) => gain - COST_BETWEEN),
          tolerance,
        }),
        exactRow({
          label: `wrong votes of those who look, the other two ${name}`,
          expected: 0,
          simulated: errors,
          tolerance: 0,
        }),
      )
    }
    return rows
  },
}
