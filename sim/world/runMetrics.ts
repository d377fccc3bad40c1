/** The metrics of a whole run, each with its formula; what they mean is said in `results/metricMeanings.ts`. */
import { outcomes } from "../mechanisms/taskCycle.ts"
import type { KnownMetric } from "../results/metricMeanings.ts"
import type { AgentResult, Proportion, RoundResult, SubmissionResult } from "../results/runResult.ts"

import type { AvailabilityCounts } from "./availability.ts"

/** Everything that metrics are computed from. */
export interface Outcome {
  readonly agents: readonly AgentResult[]
  readonly submissions: readonly SubmissionResult[]
  readonly rounds: readonly RoundResult[]
  /** Seconds from proposal to closing of every closed task. */
  readonly finalitySeconds: readonly number[]
  /** Tasks proposed, closed or not. */
  readonly tasks: number
  readonly transactions: number
  readonly revertedTransactions: number
  readonly availability: Readonly<AvailabilityCounts>
}

interface ShareMetric {
  readonly kind: "share"
  readonly name: KnownMetric
  readonly of: (outcome: Outcome) => Proportion
}

interface NumberMetric {
  readonly kind: "number"
  readonly name: KnownMetric
  /** Null where the run has nothing to measure. */
  readonly of: (outcome: Outcome) => number | null
}

export type RunMetric = ShareMetric | NumberMetric

const share = <A>(items: readonly A[], counts: (item: A) => boolean): Proportion => ({
  count: items.filter(counts).length,
  of: items.length,
})

/** Ordinary submissions on which a consensus was reached and whose truth is not a matter of one point. */
const decided = ({ submissions }: Outcome, truth: boolean): readonly SubmissionResult[] =>
  submissions.filter(
    (submission) =>
      !submission.trap &&
      !submission.nearThreshold &&
      submission.truth === truth &&
      submission.consensus !== null,
  )

const lastAccuracy = ({ rounds }: Outcome): number | null => rounds.at(-1)?.accuracy ?? null

const slashedAtn = ({ agents }: Outcome): number =>
  Number(agents.reduce((sum, { slashed }) => sum + BigInt(slashed), 0n)) / 1e18

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length

export const runMetrics: readonly RunMetric[] = [
  {
    kind: "number",
    name: "accuracy",
    of: lastAccuracy,
  },
  {
    kind: "number",
    name: "accuracyGain",
    of: (outcome) => {
      const [first] = outcome.rounds
      const last = lastAccuracy(outcome)
      return first === undefined || last === null ? null : last - first.accuracy
    },
  },
  {
    kind: "number",
    name: "backdoorSuccess",
    of: ({ rounds }) => rounds.at(-1)?.backdoorSuccess ?? null,
  },
  {
    kind: "number",
    name: "backdoorBaseRate",
    of: ({ rounds }) => rounds.at(-1)?.backdoorBaseRate ?? null,
  },
  {
    kind: "number",
    name: "evaluationGap",
    of: ({ submissions }) =>
      mean(
        submissions.flatMap(({ trap, consensus, accuracy, taskAccuracy }) =>
          trap || consensus !== true || accuracy === null || taskAccuracy === null
            ? []
            : [taskAccuracy - accuracy],
        ),
      ),
  },
  {
    kind: "share",
    name: "falseAcceptRate",
    of: (outcome) => share(decided(outcome, false), ({ consensus }) => consensus === true),
  },
  {
    kind: "share",
    name: "falseRejectRate",
    of: (outcome) => share(decided(outcome, true), ({ consensus }) => consensus === false),
  },
  {
    kind: "share",
    name: "missedTrapRate",
    of: ({ submissions }) =>
      share(
        submissions.filter(({ trap }) => trap).flatMap(({ votes }) => votes),
        ({ correct }) => correct,
      ),
  },
  {
    kind: "share",
    name: "undecidedRate",
    of: ({ submissions }) =>
      share(
        submissions.filter(({ trap }) => !trap),
        ({ consensus }) => consensus === null,
      ),
  },
  {
    kind: "share",
    name: "unfinishedTaskRate",
    of: ({ tasks, finalitySeconds }) => ({ count: tasks - finalitySeconds.length, of: tasks }),
  },
  {
    kind: "share",
    name: "revertRate",
    of: ({ transactions, revertedTransactions }) => ({ count: revertedTransactions, of: transactions }),
  },
  {
    kind: "share",
    name: "availability",
    of: ({ availability: { restored, probes } }) => ({ count: restored, of: probes }),
  },
  {
    kind: "share",
    name: "reportedAvailability",
    of: ({ availability: { reported, probes } }) => ({ count: reported, of: probes }),
  },
  {
    kind: "share",
    name: "overstatedAvailability",
    of: ({ availability: { overstated, probes } }) => ({ count: overstated, of: probes }),
  },
  {
    kind: "number",
    name: "finalityHours",
    of: ({ finalitySeconds }) => {
      const seconds = mean(finalitySeconds)
      return seconds === null ? null : seconds / 3600
    },
  },
  {
    kind: "number",
    name: "slashedAtn",
    of: slashedAtn,
  },
  {
    kind: "number",
    name: "traps",
    of: ({ submissions }) => submissions.filter(({ trap }) => trap).length,
  },
]

/** Consensus of a submission as results state it: traps and undecided ones have none. */
export const consensusOf = (outcome: number): boolean | null =>
  outcome === outcomes.correct ? true : outcome === outcomes.incorrect ? false : null

/** All metrics of a run by name; shares also as counts. */
export const measure = (
  outcome: Outcome,
): { readonly metrics: Record<string, number | null>; readonly proportions: Record<string, Proportion> } => {
  const metrics: Record<string, number | null> = {}
  const proportions: Record<string, Proportion> = {}
  for (const metric of runMetrics) {
    if (metric.kind === "number") {
      metrics[metric.name] = metric.of(outcome)
      continue
    }
    const proportion = metric.of(outcome)
    proportions[metric.name] = proportion
    metrics[metric.name] = proportion.of === 0 ? null : proportion.count / proportion.of
  }
  return { metrics, proportions }
}
