/** How effort spreads over capabilities, and what becomes of them: metrics of runs with several capabilities. */
import type { KnownMetric } from "../results/metricMeanings.ts"
import type { CapabilityResult } from "../results/runResult.ts"

export interface MarketMetric {
  readonly name: KnownMetric
  /** Null where the run has nothing to measure. `capabilities`: as in a run's result. */
  readonly of: (capabilities: readonly CapabilityResult[]) => number | null
}

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length

const byRound = (capabilities: readonly CapabilityResult[]): readonly (readonly CapabilityResult[])[] => {
  const rounds = new Map<number, CapabilityResult[]>()
  for (const row of capabilities) rounds.set(row.round, [...(rounds.get(row.round) ?? []), row])
  return [...rounds.values()]
}

/** Each capability's share of a round's solutions, for rounds that had any. */
const effortShares = (capabilities: readonly CapabilityResult[]): readonly (readonly number[])[] =>
  byRound(capabilities).flatMap((rows) => {
    const total = rows.reduce((sum, { solutions }) => sum + solutions, 0)
    return total === 0 ? [] : [rows.map(({ solutions }) => solutions / total)]
  })

const entropyNats = (shares: readonly number[]): number =>
  -shares.reduce((sum, share) => (share === 0 ? sum : sum + share * Math.log(share)), 0)

/** Half the sum of changes: the share of all effort that went elsewhere. */
const moved = (before: readonly number[], after: readonly number[]): number =>
  before.reduce((sum, share, place) => sum + Math.abs((after[place] ?? 0) - share), 0) / 2

const lastAccuracies = (capabilities: readonly CapabilityResult[]): readonly number[] =>
  (byRound(capabilities).at(-1) ?? []).map(({ accuracy }) => accuracy)

export const marketMetrics: readonly MarketMetric[] = [
  {
    name: "effortEntropy",
    // A sum of nothing but one share of 1 is −0.
    of: (rows) => mean(effortShares(rows).map((shares) => Math.abs(entropyNats(shares)))),
  },
  {
    name: "effortHerfindahl",
    of: (rows) =>
      mean(effortShares(rows).map((shares) => shares.reduce((sum, share) => sum + share * share, 0))),
  },
  {
    name: "effortOscillation",
    of: (rows) => {
      const rounds = effortShares(rows)
      return mean(rounds.slice(1).map((after, place) => moved(rounds[place] ?? after, after)))
    },
  },
  {
    name: "lowestCapability",
    of: (rows) => (rows.length === 0 ? null : Math.min(...lastAccuracies(rows))),
  },
  {
    name: "capabilityGap",
    of: (rows) =>
      rows.length === 0 ? null : Math.max(...lastAccuracies(rows)) - Math.min(...lastAccuracies(rows)),
  },
  {
    name: "paidMultiplier",
    of: (rows) => {
      const paid = rows.flatMap(({ multiplier, solutions }) =>
        multiplier === null ? [] : [{ multiplier, solutions }],
      )
      const total = paid.reduce((sum, { solutions }) => sum + solutions, 0)
      if (total === 0) return null
      return paid.reduce((sum, { multiplier, solutions }) => sum + multiplier * solutions, 0) / total
    },
  },
]
