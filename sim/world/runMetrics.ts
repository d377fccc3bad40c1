/** The metrics of a whole run, each with its formula; what they mean is said in `results/metricMeanings.ts`. */
import { outcomes } from "../mechanisms/taskCycle.ts"
import { weightedMedian } from "../mechanisms/yumaConsensus.ts"
import type { KnownMetric } from "../results/metricMeanings.ts"
import { giniOf, rewardOf } from "../results/rewards.ts"
import type {
  AgentResult,
  CapabilityResult,
  Proportion,
  RoundResult,
  SubmissionResult,
} from "../results/runResult.ts"
import { weiToAtn } from "../results/weiToAtn.ts"
import { marketMetrics } from "./marketMetrics.ts"
import type { AvailabilityCounts } from "./availability.ts"
import type { ProposalOutcome } from "./ballotBox.ts"

/** Everything that metrics are computed from. */
export interface Outcome {
  readonly agents: readonly AgentResult[]
  readonly submissions: readonly SubmissionResult[]
  readonly rounds: readonly RoundResult[]
  /** Tasks proposed, closed or not. */
  readonly tasks: readonly TaskOutcome[]
  /** Seconds in which a task ought to be decided. */
  readonly dueSeconds: number
  /** Virtual time of the last look. */
  readonly endSeconds: number
  readonly transactions: number
  readonly revertedTransactions: number
  readonly availability: Readonly<AvailabilityCounts>
  /** Proposals to the DAO, in their order. */
  readonly proposals: readonly ProposalOutcome[]
  /** By round, then in the order of the scenario; empty where it names no capabilities. */
  readonly capabilities: readonly CapabilityResult[]
}

/** A task as far as time is concerned. */
export interface TaskOutcome {
  readonly proposedSeconds: number
  readonly closedSeconds: number | undefined
  /** Whether there was a consensus on an ordinary submission. */
  readonly decided: boolean
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
  weiToAtn(agents.reduce((sum, { slashed }) => sum + BigInt(slashed), 0n))

/** Follows a strategy that is called honest, and is nobody's. */
const isHonest = ({ strategy, owner }: AgentResult): boolean =>
  owner === undefined && strategy.endsWith("/honest")

/** Whom tasks reward. */
const REWARDED: ReadonlySet<string> = new Set(["proposer", "solver", "coordinator", "aggregator"])

const timeToClose = ({ proposedSeconds, closedSeconds }: TaskOutcome): number | undefined =>
  closedSeconds === undefined ? undefined : closedSeconds - proposedSeconds

const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0)

const mean = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length

/** By how much the scorecard was wrong about the model that curators had seen, for each capability and round. */
const scoreGaps = (capabilities: readonly CapabilityResult[]): readonly number[] =>
  capabilities.flatMap(({ round, module, reportedScore }) => {
    const seen = capabilities.find((other) => other.round === round - 1 && other.module === module)
    return reportedScore === null || seen === undefined ? [] : [Math.abs(reportedScore - seen.accuracy)]
  })

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
    kind: "number",
    name: "highestScore",
    of: ({ submissions }) => {
      const scores = submissions.flatMap(({ consensus, score }) =>
        consensus === true && score !== null ? [score] : [],
      )
      return scores.length === 0 ? null : Math.max(...scores)
    },
  },
  {
    kind: "number",
    name: "yumaGap",
    of: ({ submissions }) =>
      mean(
        submissions.flatMap(({ consensus, score, votes }) => {
          if (consensus === null || votes.length === 0) return []
          const stakes = votes.map(({ stake }) => weiToAtn(stake))
          const scores = votes.map((vote) => vote.score)
          return [Math.abs(score - weightedMedian(stakes, scores, 0.5))]
        }),
      ),
  },
  {
    kind: "share",
    name: "lazyShare",
    of: ({ agents }) => {
      const voters = agents.filter(({ votes }) => votes > 0)
      const unseen = voters.map(({ votes, evaluations = 0 }) => Math.max(0, votes - evaluations))
      return { count: sum(unseen), of: sum(voters.map(({ votes }) => votes)) }
    },
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
    of: ({ tasks }) => share(tasks, ({ closedSeconds }) => closedSeconds === undefined),
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
    kind: "share",
    name: "livenessLoss",
    of: ({ tasks, dueSeconds, endSeconds }) =>
      share(
        tasks.filter(
          (task) => task.closedSeconds !== undefined || task.proposedSeconds + dueSeconds <= endSeconds,
        ),
        (task) => !task.decided || (timeToClose(task) ?? Infinity) > dueSeconds,
      ),
  },
  {
    kind: "number",
    name: "honestLoss",
    of: ({ agents, tasks }) => {
      const losses = agents.filter(isHonest).map(({ money }) => BigInt(money.profit))
      const lost = losses.reduce((sum, profit) => (profit < 0n ? sum - profit : sum), 0n)
      return tasks.length === 0 ? null : weiToAtn(lost) / tasks.length
    },
  },
  {
    kind: "number",
    name: "gini",
    of: ({ agents }) => giniOf(agents.filter(({ role }) => REWARDED.has(role)).map(rewardOf)),
  },
  {
    kind: "number",
    name: "finalityHours",
    of: ({ tasks }) => {
      const seconds = mean(tasks.flatMap((task) => timeToClose(task) ?? []))
      return seconds === null ? null : seconds / 3600
    },
  },
  {
    kind: "number",
    name: "turnout",
    of: ({ proposals, endSeconds }) =>
      mean(
        proposals
          .filter((proposal) => proposal.endSeconds < endSeconds)
          .map(({ cast, supply }) => Number(cast) / Number(supply)),
      ),
  },
  {
    kind: "share",
    name: "enactedShare",
    of: ({ proposals }) => share(proposals, ({ executed }) => executed),
  },
  {
    kind: "number",
    name: "scoreGap",
    of: ({ capabilities }) => mean(scoreGaps(capabilities)),
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

/** All that a run may measure, those of several capabilities last. */
export const runMetricNames: readonly string[] = [...runMetrics, ...marketMetrics].map(({ name }) => name)

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
  const { capabilities } = outcome
  for (const { name, of } of capabilities.length === 0 ? [] : marketMetrics) metrics[name] = of(capabilities)
  return { metrics, proportions }
}
