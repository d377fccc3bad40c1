import { type MeanOfRuns, meanOfRuns } from "./meanOfRuns.ts"
import { INTERVAL_CONFIDENCE } from "../../sim/results/estimate.ts"
import { hull, pool, shareBounds } from "../../sim/results/interval.ts"
import { groupBy, keyOf } from "./groupBy.ts"
import type { StrategyRunRow } from "./strategyRuns.ts"
import { integer, number, type Table, text } from "./table.ts"

export interface StrategyRow {
  readonly setting: string
  readonly role: string
  readonly strategy: string
  readonly runs: number
  /** Mean over runs: populations may differ between runs. */
  readonly agents: number
  readonly profitMean: number
  readonly profitLower: number | null
  readonly profitUpper: number | null
  readonly slashedMean: number
  readonly slashedLower: number | null
  readonly slashedUpper: number | null
  readonly votes: number
  readonly votesAgainstConsensus: number
  readonly againstShareMean: number | null
  readonly againstShareLower: number | null
  readonly againstShareUpper: number | null
  readonly falseAccepts: number
  readonly falseRejects: number
  readonly missedTraps: number
}

/** Share of votes against the consensus in one run; null where no vote met a consensus. */
export const againstShare = (run: StrategyRunRow): number | null => {
  const judged = run.votesWithConsensus + run.votesAgainstConsensus
  return judged === 0 ? null : run.votesAgainstConsensus / judged
}

/**
 * The share over several runs with its interval: the wider of Student's t over the runs and Clopper–Pearson on the
 * pooled votes, because votes that never went wrong have no variance and yet prove little.
 */
export const pooledAgainstShare = (runs: readonly StrategyRunRow[]): MeanOfRuns | null => {
  const mean = meanOfRuns(runs.map(againstShare).filter((share) => share !== null))
  if (mean === null || mean.lower === null || mean.upper === null) return mean
  const counts = pool(
    runs.map((run) => ({
      count: run.votesAgainstConsensus,
      of: run.votesWithConsensus + run.votesAgainstConsensus,
    })),
  )
  return { ...mean, ...hull({ lower: mean.lower, upper: mean.upper }, shareBounds(counts, TAIL)) }
}

/** What each end of a 95 % interval misses. */
const TAIL = (1 - INTERVAL_CONFIDENCE) / 2

const nothing: MeanOfRuns = { runs: 0, mean: 0, lower: null, upper: null }

/** One row a setting and strategy: what it earned, lost and decided, over all runs of the setting. */
export const strategiesTable = (strategyRuns: Table<StrategyRunRow>): Table<StrategyRow> => ({
  name: "strategies",
  caption: "One row a setting and strategy: profit, slashes and votes over all runs of the setting.",
  columns: {
    setting: text("base, or the name of a comparison"),
    role: text("role of the agents"),
    strategy: text("strategy, role/name"),
    runs: integer("runs behind the means"),
    agents: number("agents a run"),
    profitMean: number("profit an agent and run, ATN"),
    profitLower: number("lower bound of its 95 % interval; null with one run"),
    profitUpper: number("upper bound of its 95 % interval; null with one run"),
    slashedMean: number("slashed an agent and run, ATN"),
    slashedLower: number("lower bound of its 95 % interval; null with one run"),
    slashedUpper: number("upper bound of its 95 % interval; null with one run"),
    votes: integer("votes revealed in all runs"),
    votesAgainstConsensus: integer("of these, against the consensus"),
    againstShareMean: number(
      "share of votes against the consensus, mean over runs, 0 to 1; null without votes",
    ),
    againstShareLower: number("lower bound of its 95 % interval"),
    againstShareUpper: number("upper bound of its 95 % interval"),
    falseAccepts: integer("votes for correct on incorrect submissions that were no traps, all runs"),
    falseRejects: integer("votes for incorrect on correct submissions, all runs"),
    missedTraps: integer("votes for correct on traps, all runs"),
  },
  rows: [...groupBy(strategyRuns.rows, (row) => keyOf(row.setting, row.strategy)).values()].flatMap(
    (runs) => {
      const [first] = runs
      if (first === undefined) return []
      const total = (value: (run: StrategyRunRow) => number) => runs.reduce((sum, run) => sum + value(run), 0)
      const profit = meanOfRuns(runs.map((run) => run.profitAtn)) ?? nothing
      const slashed = meanOfRuns(runs.map((run) => run.slashedAtn)) ?? nothing
      const against = pooledAgainstShare(runs)
      return [
        {
          setting: first.setting,
          role: first.role,
          strategy: first.strategy,
          runs: runs.length,
          agents: total((run) => run.agents) / runs.length,
          profitMean: profit.mean,
          profitLower: profit.lower,
          profitUpper: profit.upper,
          slashedMean: slashed.mean,
          slashedLower: slashed.lower,
          slashedUpper: slashed.upper,
          votes: total((run) => run.votes),
          votesAgainstConsensus: total((run) => run.votesAgainstConsensus),
          againstShareMean: against?.mean ?? null,
          againstShareLower: against?.lower ?? null,
          againstShareUpper: against?.upper ?? null,
          falseAccepts: total((run) => run.falseAccepts),
          falseRejects: total((run) => run.falseRejects),
          missedTraps: total((run) => run.missedTraps),
        },
      ]
    },
  ),
})
