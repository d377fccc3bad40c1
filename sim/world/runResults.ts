/** From what was observed to the lists of a run's result, each in its stated order. */
import type { Address } from "viem"
import type { Costs } from "../mechanisms/costLedger.ts"
import { totalCost } from "../mechanisms/costLedger.ts"
import type { AgentResult, ProfitAndLoss, SubmissionResult } from "../results/runResult.ts"
import { accountsOf, type CastMember } from "./cast.ts"
import type { Submission, Task } from "./chronicle.ts"
import { changeOf, type Holdings } from "./holdings.ts"
import { consensusOf, type TaskOutcome } from "./runMetrics.ts"

/** Who owns an account: agents by any of their addresses. */
export type Owners = ReadonlyMap<Address, CastMember>

export const ownersOf = (cast: readonly CastMember[]): Owners =>
  new Map(cast.flatMap((member) => accountsOf(member).map((account) => [account, member])))

export const profitAndLoss = (before: Holdings, after: Holdings, costs: Costs): ProfitAndLoss => {
  const { balance, stake, claimable, projectTokens } = changeOf(before, after)
  const profit = balance + stake + claimable + projectTokens - totalCost(costs)
  return {
    balance: String(balance),
    stake: String(stake),
    claimable: String(claimable),
    projectTokens: String(projectTokens),
    compute: String(-costs.compute),
    verification: String(-costs.verification),
    storage: String(-costs.storage),
    gas: String(-costs.gas),
    profit: String(profit),
  }
}

/** Submissions by task and solver's name. */
export const submissionResults = (tasks: Iterable<Task>, owners: Owners): readonly SubmissionResult[] =>
  [...tasks].flatMap((task) =>
    [...task.submissions.values()]
      .map((submission) => submissionResult(task, submission, owners))
      .sort((a, b) => compare(a.solver, b.solver)),
  )

const submissionResult = (task: Task, submission: Submission, owners: Owners): SubmissionResult => {
  const solver = owners.get(submission.solver)
  const consensus = consensusOf(submission.outcome)
  return {
    taskId: Number(task.taskId),
    round: task.specification?.round ?? 0,
    module: task.specification?.module ?? "unknown",
    solver: solver?.name ?? submission.solver,
    strategy: solver?.strategy.name ?? "outside",
    trap: submission.trap,
    truth: submission.truth.correct,
    nearThreshold: submission.truth.nearThreshold,
    accuracy: submission.truth.accuracy,
    consensus,
    score: submission.score,
    taskAccuracy: submission.truth.taskAccuracy,
    votes: submission.votes.map((vote) => ({
      coordinator: owners.get(vote.coordinator)?.name ?? vote.coordinator,
      strategy: owners.get(vote.coordinator)?.strategy.name ?? "outside",
      correct: vote.correct,
      score: vote.score,
      stake: String(vote.stake),
      aligned: consensus === null ? null : vote.correct === consensus,
    })),
  }
}

/** One agent's line, by its votes in `submissions` and what its accounts lost. */
export const agentResult = (options: {
  readonly member: CastMember
  readonly money: ProfitAndLoss
  readonly slashed: ReadonlyMap<Address, bigint>
  readonly submissions: readonly SubmissionResult[]
  /** Evaluations that it has paid for. */
  readonly evaluations: number
}): AgentResult => {
  const { member, money, slashed, submissions } = options
  const votes = submissions.flatMap((submission) =>
    submission.votes
      .filter(({ coordinator }) => coordinator === member.name)
      .map(({ correct }) => ({ correct, trap: submission.trap, truth: submission.truth })),
  )
  const lost = accountsOf(member).reduce((sum, account) => sum + (slashed.get(account) ?? 0n), 0n)
  return {
    name: member.name,
    role: member.role,
    strategy: member.strategy.name,
    ...(member.group === undefined ? {} : { group: member.group }),
    ...(member.owner === undefined ? {} : { owner: member.owner }),
    accounts: accountsOf(member),
    money,
    slashed: String(lost),
    falseAccepts: votes.filter(({ correct, trap, truth }) => correct && !trap && truth === false).length,
    falseRejects: votes.filter(({ correct, trap, truth }) => !correct && !trap && truth === true).length,
    missedTraps: votes.filter(({ correct, trap }) => correct && trap).length,
    votes: votes.length,
    ...(votes.length === 0 ? {} : { evaluations: options.evaluations }),
  }
}

/** Agents that follow one strategy, in the order of the strategies' names. */
export const byStrategy = (
  cast: readonly CastMember[],
): readonly (readonly [string, readonly CastMember[]])[] => {
  const groups = new Map<string, CastMember[]>()
  for (const member of cast)
    groups.set(member.strategy.name, [...(groups.get(member.strategy.name) ?? []), member])
  return [...groups].sort(([a], [b]) => compare(a, b))
}

/** By code units. */
export const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** A task by its times, and whether anything came of it. */
export const taskOutcome = ({ proposedSeconds, closedSeconds, submissions }: Task): TaskOutcome => ({
  proposedSeconds,
  closedSeconds,
  decided: [...submissions.values()].some(({ trap, outcome }) => !trap && consensusOf(outcome) !== null),
})
