/**
 * Metrics of one run, read from its result: of the whole run (`accuracy`) or of some agents (`profit(solver/honest)`).
 *
 * A run's own metrics and proportions, which the world measures, are found under their names as well. Money is in ATN,
 * converted from integer wei at this last moment. A metric that is undefined in a run (no such event) is null.
 */
import type { MetricTerm } from "./expectation.ts"
import { type Bounds, COUNT_RANGE, SHARE_RANGE } from "./interval.ts"
import { capitalOf, partiesOf, returnOf, returnPerDay, totalProfit } from "./parties.ts"
import { giniOf, rewardOf } from "./rewards.ts"
import type { AgentResult, Proportion, RunResult } from "./runResult.ts"
import { weiToAtn } from "./weiToAtn.ts"

/** Metrics of several agents that are no means over them. */
type OfAgents = (run: RunResult, agents: readonly AgentResult[]) => number | null

const OF_AGENTS: ReadonlyMap<string, OfAgents> = new Map<string, OfAgents>([
  ["totalProfit", (_, agents) => totalProfit(agents)],
  ["capital", (run, agents) => weiToAtn(capitalOf(partiesOf(run, agents)))],
  ["roi", (run, agents) => returnOf(run, partiesOf(run, agents))],
  ["roiPerDay", (run, agents) => returnPerDay(run, partiesOf(run, agents))],
  ["gini", (_, agents) => giniOf(agents.map(rewardOf))],
])

type OfAgent = (agent: AgentResult) => bigint | number

const PER_AGENT: ReadonlyMap<string, OfAgent> = new Map<string, OfAgent>([
  ["profit", (agent) => BigInt(agent.money.profit)],
  ["slashed", (agent) => BigInt(agent.slashed)],
  ["computeCost", (agent) => -BigInt(agent.money.compute)],
  ["verificationCost", (agent) => -BigInt(agent.money.verification)],
  ["storageCost", (agent) => -BigInt(agent.money.storage)],
  ["gasCost", (agent) => -BigInt(agent.money.gas)],
  ["falseAccepts", (agent) => agent.falseAccepts],
  ["falseRejects", (agent) => agent.falseRejects],
  ["missedTraps", (agent) => agent.missedTraps],
  ["votes", (agent) => agent.votes],
])

/** Votes of some coordinators: wrong ones among those that could be wrong in this way. */
type OfVotes = (run: RunResult, votes: (coordinator: string) => boolean) => Proportion

const PER_VOTE: ReadonlyMap<string, OfVotes> = new Map<string, OfVotes>([
  ["falseAcceptRate", (run, by) => voteShare(run, by, ({ trap, truth }) => !trap && truth === false, true)],
  ["falseRejectRate", (run, by) => voteShare(run, by, ({ trap, truth }) => !trap && truth === true, false)],
  ["missedTrapRate", (run, by) => voteShare(run, by, ({ trap }) => trap, true)],
])

function voteShare(
  run: RunResult,
  by: (coordinator: string) => boolean,
  counts: (submission: RunResult["submissions"][number]) => boolean,
  wrong: boolean,
): Proportion {
  const votes = run.submissions.filter(counts).flatMap((submission) => submission.votes)
  const theirs = votes.filter(({ coordinator }) => by(coordinator))
  return { count: theirs.filter(({ correct }) => correct === wrong).length, of: theirs.length }
}

const OF_RUN: ReadonlyMap<string, (run: RunResult) => number | null> = new Map([
  ["accuracy", (run: RunResult) => run.rounds.at(-1)?.accuracy ?? null],
  ["firstAccuracy", (run: RunResult) => run.rounds[0]?.accuracy ?? null],
  ["rounds", (run: RunResult) => run.rounds.at(-1)?.round ?? 0],
  ["transactions", (run: RunResult) => run.transactions],
  ["revertedTransactions", (run: RunResult) => run.revertedTransactions],
  ["gasUsed", (run: RunResult) => Number(run.gasUsed)],
  ["violations", (run: RunResult) => run.violations.length],
])

/** Metrics that take a strategy, group or role: means per agent, and shares of votes. */
export const SUBJECT_METRICS: readonly string[] = [
  ...PER_AGENT.keys(),
  ...OF_AGENTS.keys(),
  ...PER_VOTE.keys(),
]

/** Metrics of the whole run that every run has; a run may measure more, or these rates in its own way. */
export const RUN_METRICS: readonly string[] = [...OF_RUN.keys(), ...PER_VOTE.keys()]

export function isSubjectMetric(name: string): boolean {
  return PER_AGENT.has(name) || OF_AGENTS.has(name) || PER_VOTE.has(name)
}

/** Whether these agents are meant: by strategy, group, owner or role. */
export function isOfSubject({ strategy, role, group, owner }: AgentResult, subject: string): boolean {
  return strategy === subject || role === subject || group === subject || owner === subject
}

/** Whether the metric lies between 0 and 1 and is to be shown in percent. */
export function isFraction(term: Pick<MetricTerm, "name" | "subject">): boolean {
  return (
    PER_VOTE.has(term.name) ||
    term.name === "gini" ||
    (term.subject === undefined &&
      /^(accuracy|firstAccuracy|backdoorSuccess|backdoorBaseRate|effortHerfindahl|effortOscillation|lowestCapability)$/.test(
        term.name,
      ))
  )
}

/** Metrics that may be below zero; all others are amounts, counts or shares. */
const SIGNED: ReadonlySet<string> = new Set([
  "profit",
  "totalProfit",
  "roi",
  "roiPerDay",
  "evaluationGap",
  "accuracyGain",
])

/** What a mean of the metric over runs can be; undefined where it may be anything. */
export function possibleRange(
  term: Pick<MetricTerm, "name" | "subject">,
  runs: readonly RunResult[],
): Bounds | undefined {
  if (isFraction(term) || runs.some((run) => proportionOf(run, term) !== undefined)) return SHARE_RANGE
  const values = runs.flatMap((run) => metricOf(run, term) ?? [])
  // A metric of the world that this file does not know may turn out negative.
  return SIGNED.has(term.name) || values.some((value) => value < 0) ? undefined : COUNT_RANGE
}

/** The metric as a share of integer counts, where it is one; undefined where it is not. */
export function proportionOf(
  run: RunResult,
  term: Pick<MetricTerm, "name" | "subject">,
): Proportion | undefined {
  const { subject } = term
  const share = PER_VOTE.get(term.name)
  if (subject === undefined) return run.proportions[term.name] ?? share?.(run, () => true)
  if (share === undefined) return undefined
  const names = new Set(run.agents.filter((agent) => isOfSubject(agent, subject)).map(({ name }) => name))
  return share(run, (coordinator) => names.has(coordinator))
}

/** The value of a metric in one run; null where it is undefined there, or unknown. */
export function metricOf(run: RunResult, term: Pick<MetricTerm, "name" | "subject">): number | null {
  const proportion = proportionOf(run, term)
  if (proportion !== undefined) return proportion.of === 0 ? null : proportion.count / proportion.of
  if (term.subject === undefined) return run.metrics[term.name] ?? OF_RUN.get(term.name)?.(run) ?? null
  const { subject } = term
  const read = PER_AGENT.get(term.name)
  const agents = run.agents.filter((agent) => isOfSubject(agent, subject))
  const ofAgents = OF_AGENTS.get(term.name)
  if (ofAgents !== undefined) return agents.length === 0 ? null : ofAgents(run, agents)
  return read === undefined || agents.length === 0 ? null : meanPerAgent(agents.map(read))
}

/** Mean of wei (as ATN) or of counts. Sums are exact, so that their order does not matter. */
function meanPerAgent(values: readonly (bigint | number)[]): number {
  let wei = 0n
  let count = 0
  for (const value of values) {
    if (typeof value === "bigint") wei += value
    else count += value
  }
  return (weiToAtn(wei) + count) / values.length
}
