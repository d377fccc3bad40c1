/** Approves unseen, and is gone with its stake before a vote that it has lost is settled; then it stakes anew. */
import { Effect, Schema } from "effect"
import { Chain } from "../../../chain/chain.ts"
import type { Agent } from "../agent.ts"
import type { Vote } from "../protocol/ballots.ts"
import type { SubmissionToJudge } from "../protocol/calls.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { stakeAs, topUpStake } from "../steps/join.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { wouldSucceed } from "../steps/wouldSucceed.ts"

const Options = Schema.Struct({
  correct: Schema.Boolean.pipe(withDefault(true, "What it votes on everything, without looking.")),
  score: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 100 })).pipe(
    withDefault(90, "The score it gives to everything, 0 to 100."),
  ),
  flee: Schema.Literals(["always", "whenLosing"]).pipe(
    withDefault(
      "whenLosing",
      "When it goes: after every vote, or only after one that others' reveals show lost.",
    ),
  ),
  ask: Schema.Literals(["afterCommit", "afterReveal"]).pipe(
    withDefault("afterReveal", "When it asks for its stake: afterCommit is too early to know who loses."),
  ),
})
type Options = typeof Options.Type

export const runnerCoordinator = defineStrategy({
  name: "coordinator/runner",
  role: "coordinator",
  description: "Approves unseen, withdraws its stake before a lost vote is settled, and stakes anew.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, options) {
    yield* stakeAs(agent, "coordinator", agent.stakeWei)
    yield* agent.protocol.calls.answer((taskId, submissions) =>
      voteAndRun(agent, options, taskId, submissions),
    )
  }),
})

const voteAndRun = Effect.fnUntraced(function* (
  agent: Agent,
  options: Options,
  taskId: bigint,
  submissions: readonly SubmissionToJudge[],
) {
  const { correct, score } = options
  const { ballots, timetable } = agent.protocol
  const chain = yield* Chain
  const { voteCommitEnd, openingEnd } = yield* timetable.of(taskId)
  const votes: Vote[] = []
  for (const { solver } of submissions) votes.push(yield* ballots.mark(solver, { correct, score }))
  yield* Effect.forkScoped(Effect.orDie(ballots.cast(taskId, votes)))
  // Its commitments are in by then.
  yield* chain.nextBlock
  yield* chain.nextBlock
  if (options.ask === "afterCommit" && options.flee === "always") yield* askForStake(agent)
  yield* chain.awaitBlock(voteCommitEnd + 2n)
  if (options.flee === "always" || (yield* isLosing(agent, submissions, correct))) {
    yield* askForStake(agent)
    yield* withdraw(agent, openingEnd)
  }
  yield* chain.awaitBlock(openingEnd + 2n)
  yield* comeBack(agent)
})

const askForStake = Effect.fnUntraced(function* ({ contracts: { staking }, account }: Agent) {
  const { active } = yield* staking.read.getStake([account])
  if (active) yield* expectRevert(staking.write.requestUnstake())
})

/** Tries at every block until the task is settled. */
const withdraw = Effect.fnUntraced(function* ({ contracts: { staking } }: Agent, until: bigint) {
  const chain = yield* Chain
  const isFree = wouldSucceed(staking.simulate.unstake())
  while (!(yield* isFree)) {
    if ((yield* chain.blockNumber) >= until) return
    yield* chain.nextBlock
  }
  yield* expectRevert(staking.write.unstake())
})

/** Whether by the votes revealed so far at least one submission goes against it. */
const isLosing = Effect.fnUntraced(function* (
  { contracts: { results } }: Agent,
  submissions: readonly SubmissionToJudge[],
  correct: boolean,
) {
  for (const { taskId, solver } of submissions) {
    const votes = yield* results.read.getVotes([taskId, solver])
    const stakeOf = (side: boolean) =>
      votes.filter(({ isCorrect }) => isCorrect === side).reduce((sum, { stake }) => sum + stake, 0n)
    if (stakeOf(!correct) > stakeOf(correct)) return true
  }
  return false
})

/** A fresh stake where it got the old one back; a restored one where it stayed. */
const comeBack = Effect.fnUntraced(function* (agent: Agent) {
  const { staking, token } = agent.contracts
  const { role } = yield* staking.read.getStake([agent.account])
  if (role !== 0) return yield* topUpStake(agent)
  if ((yield* token.read.balanceOf([agent.account])) >= agent.stakeWei) {
    yield* stakeAs(agent, "coordinator", agent.stakeWei)
  }
})
