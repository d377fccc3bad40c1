/**
 * V11: robust aggregation on numbers that can be worked out on paper.
 *
 * Yin et al. 2018 (trimmed mean, median), Blanchard et al. 2017 (Krum, Multi-Krum). Runs what the aggregator of a run
 * calls: `Learning.aggregate`, by the rule as a scenario names it.
 */
import { Effect } from "effect"
import type { AggregationRule } from "../../ml/aggregation/aggregationRule.ts"
import { Learning } from "../../ml/learning.ts"
import { exactRow, type ValidationTarget } from "./target.ts"

/** Updates are float32: relative distance of neighbouring numbers. */
const FLOAT32 = 2 ** -23

const crowd = [1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7]
const trimmed: AggregationRule = { kind: "trimmedMean", share: 0.2 }

interface Example {
  readonly label: string
  readonly rule: AggregationRule
  readonly values: readonly number[]
  readonly expected: number
}

const examples: readonly Example[] = [
  {
    label: "trimmed mean 0.2 of 1.0 … 1.7, 1000, −1000",
    rule: trimmed,
    values: [...crowd, 1000, -1000],
    expected: 1.35,
  },
  {
    label: "trimmed mean 0.2 past its breakdown: 1.0 … 1.6 and 3 × 1000",
    rule: trimmed,
    values: [...crowd.slice(0, 7), 1000, 1000, 1000],
    expected: 1007 / 6,
  },
  {
    label: "trimmed mean 0.2 of four trims nothing",
    rule: trimmed,
    values: [1, 2, 3, 1000],
    expected: 251.5,
  },
  {
    label: "Krum, m = 1, of 0.2, 0.7, 1.0",
    rule: { kind: "krum", byzantine: 1 },
    values: [0.2, 0.7, 1],
    expected: 0.7,
  },
  {
    label: "Multi-Krum, m = 1, keeping 2 of 0.2, 0.5, 1.0",
    rule: { kind: "multiKrum", byzantine: 1, keep: 2 },
    values: [0.2, 0.5, 1],
    expected: 0.35,
  },
  { label: "median of 0.2, 1.0, 0.5", rule: { kind: "median" }, values: [0.2, 1, 0.5], expected: 0.5 },
]

const aggregated = ({ rule, values }: Example): Promise<number> =>
  Effect.runPromise(
    Effect.gen(function* () {
      const learning = yield* Learning
      const contributions = values.map((value, i) => ({
        name: `solver-${i}`,
        values: Float32Array.of(value),
        samples: 600,
      }))
      return (yield* learning.aggregate(contributions, { rule }))[0]!
    }).pipe(Effect.provide(Learning.layer())),
  )

export const v11: ValidationTarget = {
  id: "V11",
  title: "Aggregators: trimmed mean, Krum, Multi-Krum, median",
  source: "by hand; past its breakdown the trimmed mean is (1.2 + … + 1.6 + 1000) / 6 = 167.8333",
  kind: "exact",
  rows: () =>
    Promise.all(
      examples.map(async (example) => {
        const { label, expected } = example
        const simulated = await aggregated(example)
        return exactRow({ label, expected, simulated, tolerance: expected * FLOAT32 })
      }),
    ),
}
