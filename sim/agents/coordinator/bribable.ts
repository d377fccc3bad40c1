/**
 * Votes by what a vote pays: honestly, unless a promise makes the bribed vote the better one whatever the others do. A
 * promise counts only if it binds: its contract's code is known, the money is there for a whole panel, and it is locked
 * until the task is settled.
 */
import { Effect, Schema } from "effect"
import { Chain } from "../../../chain/chain.ts"
import { parameterKey } from "../../../chain/suite.ts"
import type { Agent } from "../agent.ts"
import { bindEscrow, bribesOffered, feeOfVote, isSame, slashOfVote, type Bribe } from "../bribes.ts"
import type { Opinion, Vote } from "../protocol/ballots.ts"
import type { SubmissionToJudge } from "../protocol/calls.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { stakeAs, topUpStake } from "../steps/join.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { lookAt } from "./lookAt.ts"
import { wouldSucceed } from "../steps/wouldSucceed.ts"

const Options = Schema.Struct({
  score: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 100 })).pipe(
    withDefault(100, "The score that it gives to work that it is bribed to approve."),
  ),
})

export const bribableCoordinator = defineStrategy({
  name: "coordinator/bribable",
  role: "coordinator",
  description:
    "Looks and votes honestly, unless a credible bribe makes approving pay whatever the others do.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, { score }) {
    yield* stakeAs(agent, "coordinator", agent.stakeWei)
    yield* agent.protocol.calls.answer((taskId, submissions) => vote(agent, score, taskId, submissions))
  }),
})

const vote = Effect.fnUntraced(function* (
  agent: Agent,
  score: number,
  taskId: bigint,
  submissions: readonly SubmissionToJudge[],
) {
  const { ballots, timetable } = agent.protocol
  const chain = yield* Chain
  const { openingEnd } = yield* timetable.of(taskId)
  const offers = yield* bribesOffered(agent)
  const taken: Bribe[] = []
  const votes: Vote[] = []
  for (const submission of submissions) {
    const offer = yield* bestOffer(agent, offers, submission, submissions.length)
    if (offer !== undefined) taken.push(offer)
    const opinion: Opinion =
      offer === undefined ? yield* lookAt(agent, submission, 1) : { correct: true, score }
    votes.push(yield* ballots.mark(submission.solver, opinion))
  }
  yield* ballots.cast(taskId, votes)
  yield* chain.awaitBlock(openingEnd + 2n)
  for (const { escrow } of taken) yield* collect(taskId, escrow)
  yield* topUpStake(agent)
})

/** Blocks after a task's last deadline in which it is settled and claims are made. */
const CLAIM_BLOCKS = 50n

/**
 * An offer for this submission under which approving it is the dominant vote. None where a contract set does not say what
 * votes cost: then nobody can weigh a promise.
 */
const bestOffer = Effect.fnUntraced(
  function* (
    agent: Agent,
    offers: readonly Bribe[],
    { taskId, solver }: SubmissionToJudge,
    submissions: number,
  ) {
    const meant = offers.filter((offer) => isSame(offer.solver, solver))
    if (meant.length === 0) return undefined
    const { openingEnd } = yield* agent.protocol.timetable.of(taskId)
    const voters = BigInt(yield* votersOn(agent, taskId))
    const least = yield* leastBribe(agent, submissions)
    return meant.find(
      (offer) =>
        offer.bribe > least &&
        offer.budget >= voters * offer.bribe &&
        offer.lockedUntil >= openingEnd + CLAIM_BLOCKS,
    )
  },
  Effect.catchTag("ContractReadError", () => Effect.succeed(undefined)),
)

/** How many may claim at once: a whole panel, or every vote that a submission takes where there are no panels. */
const votersOn = Effect.fnUntraced(function* ({ contracts: { results } }: Agent, taskId: bigint) {
  const { panel } = yield* results.read.panelOf([taskId])
  if (panel.length > 0) return panel.length
  return Number(yield* results.read.parameter([parameterKey("maxOpenVotes")]))
})

/**
 * What a bribe must exceed. If the bribed side loses: the fee and the slash. Its own vote may decide nothing, so nothing
 * else counts, but for one thing: the submission may be a trap, with the probability that the keeper announces, and to
 * approve a trap costs a slash and the jackpot.
 */
const leastBribe = Effect.fnUntraced(function* (agent: Agent, submissions: number) {
  const { staking, forcedErrors } = agent.contracts
  const { amount } = yield* staking.read.getStake([agent.account])
  const cost = (yield* feeOfVote(agent, agent.account)) + (yield* slashOfVote(agent, amount))
  const permille = yield* forcedErrors.read.parameter([parameterKey("forcedErrorProbability")])
  const missed = yield* forcedErrors.read.parameter([parameterKey("slashAmountForMissed")])
  const jackpot = yield* forcedErrors.read.parameter([parameterKey("jackpotAmount")])
  // One submission of the task is the trap if there is one: odds of p/n against 1 − p/n.
  const others = 1_000n * BigInt(submissions) - permille
  return cost + ((missed + jackpot) * permille) / (others > 0n ? others : 1n)
})

/** Takes what is due, if the vote was lost. */
const collect = Effect.fnUntraced(function* (taskId: bigint, escrow: `0x${string}`) {
  const { simulate, write } = bindEscrow(escrow)
  const isDue = yield* wouldSucceed(simulate.claim([taskId]))
  if (isDue) yield* expectRevert(write.claim([taskId]))
})
