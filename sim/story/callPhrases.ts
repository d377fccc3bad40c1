/** What a call of a contract means, in words; without a phrase it is told by its name and arguments. */
import { roleNumbers } from "../mechanisms/staking.ts"
import type { Args, Wording } from "./wording.ts"

export type Phrase = (args: Args, wording: Wording) => string

const roleName = (number: unknown): string =>
  Object.entries(roleNumbers).find(([, known]) => known === Number(number))?.[0] ?? `role ${String(number)}`

const task = ({ taskId }: Args): string => `task ${String(taskId)}`

/** By the function's name; arguments have the contract's own names. */
export const callPhrases: Readonly<Record<string, Phrase>> = {
  approve: ({ spender, value }, { name, atn }) => `lets ${name(spender)} take ${atn(value)}`,
  transfer: ({ to, value }, { name, atn }) => `sends ${atn(value)} to ${name(to)}`,
  transferFrom: ({ from, to, value }, { name, atn }) =>
    `moves ${atn(value)} from ${name(from)} to ${name(to)}`,
  stake: ({ role, amount }, { atn }) => `stakes ${atn(amount)} as ${roleName(role)}`,
  addToStake: ({ amount }, { atn }) => `adds ${atn(amount)} to its stake`,
  requestUnstake: () => "asks for its stake back: the lock-up begins",
  unstake: () => "takes its stake back",
  fundProject: ({ amount }, { atn }) => `buys tokens of the project for ${atn(amount)}`,
  withdrawRevenue: () => "withdraws its share of the project's revenue",
  requestInference: () => "buys an inference",
  proposeTask: ({ solverReward, learnabilityReward }, { atn }) =>
    `proposes a task: ${atn(solverReward)} for each solver, ${atn(learnabilityReward)} for itself`,
  commitSolution: (args) => `commits to a solution of ${task(args)}`,
  submitCheckpoint: (args) => `leaves a checkpoint of its training for ${task(args)}`,
  revealGroundTruth: (args) => `reveals the ground truth of ${task(args)}`,
  revealSolution: (args) => `reveals its solution of ${task(args)}`,
  revealSaltedSolution: (args) => `reveals its solution of ${task(args)}`,
  drawPanel: (args) => `has the panel for ${task(args)} drawn`,
  commitVote: (args, { name }) =>
    `casts a sealed vote on ${name(args["solver"])}'s solution of ${task(args)}`,
  revealVote: (args, wording) => `opens its vote on ${judged(args, wording)}`,
  submitVerification: (args, wording) => `votes on ${judged(args, wording)}`,
  finalizeVoting: (args) => `has the votes on ${task(args)} counted`,
  settleSingle: (args) => `has a submission to ${task(args)} settled`,
  settleShares: (args) => `has the rewards of ${task(args)} shared out`,
  closeTask: (args) => `has ${task(args)} settled`,
  expireForcedError: (args) => `has the keeper's unopened commitment on ${task(args)} expire`,
  commitForcedError: (args) => `commits to whether ${task(args)} is trapped`,
  revealForcedError: ({ taskId, trapped, trapSolver }, { name }) =>
    trapped === true
      ? `opens its commitment: task ${String(taskId)} was trapped, ${name(trapSolver)}'s solution is known to be bad`
      : `opens its commitment: task ${String(taskId)} had no trap`,
  injectForcedError: (args) => `plants a known-bad result in ${task(args)}`,
  reportForcedError: (args) => `reports a known-bad result in ${task(args)}`,
  drawAggregator: ({ round }) => `has the aggregator of round ${String(round)} drawn`,
  publishGlobalModel: ({ round }) => `publishes the global model of round ${String(round)}`,
  setMatureModel: () => "publishes a model as the project's mature one",
  openDispute: (args) => `disputes a publication (bond ${String(args["bond"] ?? "as set")})`,
  registerProvider: () => "registers as a provider of storage",
  announceShard: ({ shardIndex }) => `announces that it holds shard ${String(shardIndex)}`,
  challengeShard: ({ shardIndex, provider }, { name }) =>
    `challenges ${name(provider)} to show shard ${String(shardIndex)}`,
  castVote: ({ proposalId, support }) =>
    `votes ${["against", "for", "to abstain on"][Number(support)] ?? String(support)} proposal ${String(proposalId)}`,
}

const judged = (args: Args, { name }: Wording): string => {
  const verdict = args["isCorrect"] === true ? "correct" : "incorrect"
  const score = args["score"] === undefined ? "" : `, score ${String(args["score"])}`
  return `${name(args["solver"])}'s solution of ${task(args)}: ${verdict}${score}`
}
