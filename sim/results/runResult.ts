/**
 * What one run leaves behind: plain data, JSON-serialisable, the only thing that reports ever read.
 *
 * Money is integer wei written as a decimal string; statistics convert to ATN at the very end.
 * Every list is in a stated order, so that equal runs give equal bytes.
 */
import { Schema } from "effect"

/** Integer amount of ATN in wei (10⁻¹⁸ ATN), decimal, with an optional minus sign. */
export const Wei = Schema.String.check(Schema.isPattern(/^-?\d+$/))

/** Where an agent's profit came from, all in wei. `profit` is the sum of the others, costs being negative. */
export const ProfitAndLoss = Schema.Struct({
  /** Change of the ATN balances of all the agent's accounts. */
  balance: Wei,
  /** Change of what is staked or pending withdrawal. */
  stake: Wei,
  /** Change of claimable rewards and revenue. */
  claimable: Wei,
  /** Change of project tokens at the scenario's price. */
  projectTokens: Wei,
  /** Costs of real work and services: zero or negative; a builder of blocks earns gas. */
  compute: Wei,
  verification: Wei,
  storage: Wei,
  gas: Wei,
  profit: Wei,
})
export type ProfitAndLoss = typeof ProfitAndLoss.Type

/** One agent at the end of the run. Agents are listed by name. */
export const AgentResult = Schema.Struct({
  name: Schema.String,
  role: Schema.String,
  /** Path-like name of the strategy: `coordinator/honest`. */
  strategy: Schema.String,
  /** The group that the scenario gave the agent, if it did. */
  group: Schema.optionalKey(Schema.String),
  /** Whom the agent acts for, where the scenario says so. */
  owner: Schema.optionalKey(Schema.String),
  accounts: Schema.Array(Schema.String),
  money: ProfitAndLoss,
  /** Sum of all slashes, wei, zero or positive. */
  slashed: Wei,
  /** Votes for `correct` on a submission that is truly incorrect and was not a trap. */
  falseAccepts: Schema.Int,
  /** Votes for `incorrect` on a submission that is truly correct. */
  falseRejects: Schema.Int,
  /** Votes for `correct` on a trap. */
  missedTraps: Schema.Int,
  /** Votes revealed. */
  votes: Schema.Int,
  /** Evaluations of submissions, in whole or in part; of agents that voted. */
  evaluations: Schema.optionalKey(Schema.Int),
})
export type AgentResult = typeof AgentResult.Type

/** A party: the agents of one owner together, or an agent that acts for itself. Parties are listed by name. */
export const PartyResult = Schema.Struct({
  name: Schema.String,
  agents: Schema.Array(Schema.String),
  /** The furthest that its liquid ATN fell below what it began with, wei: stakes, deposits, purchases, escrows. */
  capital: Wei,
  /** Days from the first outlay until all of it could be free again; 0 without one. */
  boundDays: Schema.Finite,
})
export type PartyResult = typeof PartyResult.Type

export const VoteResult = Schema.Struct({
  coordinator: Schema.String,
  strategy: Schema.String,
  correct: Schema.Boolean,
  score: Schema.Int,
  stake: Wei,
  /** Agreed with the consensus that was reached; null where there was none. */
  aligned: Schema.NullOr(Schema.Boolean),
})
export type VoteResult = typeof VoteResult.Type

/** One revealed submission and what became of it, ordered by (task, solver). */
export const SubmissionResult = Schema.Struct({
  taskId: Schema.Int,
  round: Schema.Int,
  module: Schema.String,
  solver: Schema.String,
  strategy: Schema.String,
  trap: Schema.Boolean,
  /** By the acceptance rule on the whole held-out set, unseen by agents; null where nothing could be evaluated. */
  truth: Schema.NullOr(Schema.Boolean),
  /** Whether the accuracy lies within one percentage point of the acceptance threshold. */
  nearThreshold: Schema.Boolean,
  /** Accuracy of base + update on the whole held-out set, 0 to 1; null where nothing could be evaluated. */
  accuracy: Schema.NullOr(Schema.Finite),
  /** The consensus: correct, incorrect, or null where none was reached. */
  consensus: Schema.NullOr(Schema.Boolean),
  /** Consensus score, 0 to 100. */
  score: Schema.Int,
  /** Accuracy on the task's own evaluation set, 0 to 1: above `accuracy` where a submission knew the examples. */
  taskAccuracy: Schema.NullOr(Schema.Finite),
  votes: Schema.Array(VoteResult),
})
export type SubmissionResult = typeof SubmissionResult.Type

/** The published global model after a round; round 0 is the initial model. */
export const RoundResult = Schema.Struct({
  round: Schema.Int,
  module: Schema.String,
  timeSeconds: Schema.Finite,
  /** On the whole held-out set, 0 to 1. */
  accuracy: Schema.Finite,
  /**
   * Share of triggered examples of other classes taken for the target, 0 to 1; where somebody plants a backdoor, or the
   * scenario asks about one.
   */
  backdoorSuccess: Schema.optionalKey(Schema.Finite),
  /** The same of these examples without the trigger. */
  backdoorBaseRate: Schema.optionalKey(Schema.Finite),
  /** Updates averaged into this model. */
  updates: Schema.Int,
})
export type RoundResult = typeof RoundResult.Type

/** One capability in one round; round 0 is before the first tasks. */
export const CapabilityResult = Schema.Struct({
  round: Schema.Int,
  module: Schema.String,
  /** Of the model published for the round, on held-out examples of the capability, choosing among its classes; 0 to 1. */
  accuracy: Schema.Finite,
  /** What the scorecard said just then, before anybody could report on this model, 0 to 1; null before any report. */
  reportedScore: Schema.NullOr(Schema.Finite),
  /** By which rewards of the round's tasks were multiplied, mean of the tasks; null where there was none. */
  multiplier: Schema.NullOr(Schema.Finite),
  /** Tasks of the round that were about it. */
  tasks: Schema.Int,
  /** Solutions revealed for them, traps left out. */
  solutions: Schema.Int,
})
export type CapabilityResult = typeof CapabilityResult.Type

/** Mean profit per agent of one strategy at one moment, a point a closed round. */
export const ProfitSample = Schema.Struct({
  timeSeconds: Schema.Finite,
  strategy: Schema.String,
  agents: Schema.Int,
  meanProfit: Wei,
  meanSlashed: Wei,
})
export type ProfitSample = typeof ProfitSample.Type

/** A share: `count` of `of` trials. Kept as integers, so that intervals can pool them. */
export const Proportion = Schema.Struct({ count: Schema.Int, of: Schema.Int })
export type Proportion = typeof Proportion.Type

export const Violation = Schema.Struct({
  invariant: Schema.String,
  block: Schema.Int,
  timeSeconds: Schema.Finite,
  message: Schema.String,
})
export type Violation = typeof Violation.Type

export const RunResult = Schema.Struct({
  version: Schema.Literal(1),
  /** `base`, or the name of a comparison of the scenario. */
  setting: Schema.String,
  /** The run's seed; replicates of one scenario differ in nothing else. */
  seed: Schema.Int,
  /** SHA-256 over the ordered trace and the final state, hex. */
  digest: Schema.String,
  /** SHA-256 over the run's inputs (see the manifest), hex. */
  identity: Schema.String,
  virtualSeconds: Schema.Finite,
  blocks: Schema.Int,
  transactions: Schema.Int,
  revertedTransactions: Schema.Int,
  gasUsed: Schema.String,
  agents: Schema.Array(AgentResult),
  parties: Schema.Array(PartyResult),
  submissions: Schema.Array(SubmissionResult),
  rounds: Schema.Array(RoundResult),
  /** By round, then in the order of the scenario; absent where it names no capabilities. */
  capabilities: Schema.optionalKey(Schema.Array(CapabilityResult)),
  profitOverTime: Schema.Array(ProfitSample),
  /** Metrics of the whole run by name; null where undefined in this run (no such event). */
  metrics: Schema.Record(Schema.String, Schema.NullOr(Schema.Finite)),
  /** Metrics that are shares, by name. Their value also stands in `metrics`. */
  proportions: Schema.Record(Schema.String, Proportion),
  violations: Schema.Array(Violation),
})
export type RunResult = typeof RunResult.Type
