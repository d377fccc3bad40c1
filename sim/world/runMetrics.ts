/** The metrics of a whole run, each with its unit and formula. */
import { outcomes } from "../mechanisms/taskCycle.ts"
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
  readonly name: string
  readonly meaning: string
  readonly of: (outcome: Outcome) => Proportion
}

interface NumberMetric {
  readonly kind: "number"
  readonly name: string
  readonly unit: string
  readonly meaning: string
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
    unit: "share",
    meaning: "Accuracy of the last published global model on the whole held-out set.",
    of: lastAccuracy,
  },
  {
    kind: "number",
    name: "accuracyGain",
    unit: "share",
    meaning: "Accuracy of the last published global model minus that of the initial one.",
    of: (outcome) => {
      const [first] = outcome.rounds
      const last = lastAccuracy(outcome)
      return first === undefined || last === null ? null : last - first.accuracy
    },
  },
  {
    kind: "number",
    name: "backdoorSuccess",
    unit: "share",
    meaning:
      "Held-out examples of other classes that the last published global model takes for a backdoor's target when they carry its trigger; null where nobody plants one.",
    of: ({ rounds }) => rounds.at(-1)?.backdoorSuccess ?? null,
  },
  {
    kind: "number",
    name: "evaluationGap",
    unit: "share",
    meaning:
      "Mean accuracy on a task's own evaluation set minus that on the held-out set, of submissions found correct; traps left out. Near 0 unless evaluation examples leak.",
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
    meaning: "Bad submissions finalised as correct, of all bad ones decided; traps and near cases left out.",
    of: (outcome) => share(decided(outcome, false), ({ consensus }) => consensus === true),
  },
  {
    kind: "share",
    name: "falseRejectRate",
    meaning:
      "Good submissions finalised as incorrect, of all good ones decided; traps and near cases left out.",
    of: (outcome) => share(decided(outcome, true), ({ consensus }) => consensus === false),
  },
  {
    kind: "share",
    name: "missedTrapRate",
    meaning: "Votes that approved a trap, of all votes on traps.",
    of: ({ submissions }) =>
      share(
        submissions.filter(({ trap }) => trap).flatMap(({ votes }) => votes),
        ({ correct }) => correct,
      ),
  },
  {
    kind: "share",
    name: "undecidedRate",
    meaning: "Revealed submissions on which no consensus was reached, of all but traps.",
    of: ({ submissions }) =>
      share(
        submissions.filter(({ trap }) => !trap),
        ({ consensus }) => consensus === null,
      ),
  },
  {
    kind: "share",
    name: "unfinishedTaskRate",
    meaning: "Tasks that were not closed when the run ended, of all proposed.",
    of: ({ tasks, finalitySeconds }) => ({ count: tasks - finalitySeconds.length, of: tasks }),
  },
  {
    kind: "share",
    name: "revertRate",
    meaning: "Transactions that reverted, of all included.",
    of: ({ transactions, revertedTransactions }) => ({ count: revertedTransactions, of: transactions }),
  },
  {
    kind: "share",
    name: "availability",
    meaning:
      "Attempts to restore a registered model that succeeded, of all attempts: one a model and probe, from shards that providers really gave, each checked by hash and proof.",
    of: ({ availability: { restored, probes } }) => ({ count: restored, of: probes }),
  },
  {
    kind: "share",
    name: "reportedAvailability",
    meaning: "Attempts at which the chain reported enough shards of the model, of all attempts.",
    of: ({ availability: { reported, probes } }) => ({ count: reported, of: probes }),
  },
  {
    kind: "share",
    name: "overstatedAvailability",
    meaning: "Attempts that failed although the chain reported enough shards of the model, of all attempts.",
    of: ({ availability: { overstated, probes } }) => ({ count: overstated, of: probes }),
  },
  {
    kind: "number",
    name: "finalityHours",
    unit: "hours",
    meaning: "Mean virtual time from a task's proposal to its closing.",
    of: ({ finalitySeconds }) => {
      const seconds = mean(finalitySeconds)
      return seconds === null ? null : seconds / 3600
    },
  },
  {
    kind: "number",
    name: "slashedAtn",
    unit: "ATN",
    meaning: "All that was slashed in the run.",
    of: slashedAtn,
  },
  {
    kind: "number",
    name: "traps",
    unit: "submissions",
    meaning: "Effective traps that were opened.",
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
