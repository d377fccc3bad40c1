/** Holds ATN and votes with it: sometimes, after a while, by an opinion of its own, and perhaps for money. */
import { Effect, Random, Schema } from "effect"
import { Chain } from "../../../chain/chain.ts"
import type { Agent } from "../agent.ts"
import { holdVotes } from "../government/carry.ts"
import { readMotion, type Government, type Motion } from "../government/motion.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { forEachEvent } from "../steps/awaitEvent.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { opinionOn, opinionOptions, sellsItsVote } from "./opinion.ts"

const share = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))

const Options = Schema.Struct({
  turnout: share.pipe(withDefault(0.2, "Probability that it votes on a proposal, if it is the only one.")),
  fatigue: share.pipe(
    withDefault(0, "Share of that probability that each further proposal takes whose votes are open too."),
  ),
  reactionHours: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1_000 })).pipe(
    withDefault(24, "Hours after the opening of the votes at which it gets to it, on average (exponential)."),
  ),
  ...opinionOptions,
})

export const delegateHolder = defineStrategy({
  name: "holder/delegate",
  role: "holder",
  description: "Votes on proposals with a given turnout, by preferences, an opinion, or for money.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, options) {
    const { dao } = agent.contracts
    if (dao === undefined) return
    yield* holdVotes(agent)
    const seen: Motion[] = []
    yield* forEachEvent(dao.events.ProposalCreated, ({ proposalId }, { blockNumber }) =>
      Effect.gen(function* () {
        const motion = yield* readMotion(dao, proposalId, blockNumber)
        seen.push(motion)
        yield* takePart(agent, dao, motion, seen, options)
      }),
    )
  }),
})

const takePart = Effect.fnUntraced(function* (
  agent: Agent,
  dao: Government,
  motion: Motion,
  seen: readonly Motion[],
  options: typeof Options.Type,
) {
  const chain = yield* Chain
  const { turnout, fatigue, reactionHours } = options
  yield* chain.awaitBlock(motion.startBlock)
  const bought = yield* sellsItsVote(agent, motion, options)
  const others = seen.filter((other) => other.id !== motion.id && overlaps(other, motion)).length
  const takesPart = (yield* Random.next) < turnout * (1 - fatigue) ** others
  const delaySeconds = -Math.log(1 - (yield* Random.next)) * reactionHours * 3600
  if (!bought && !takesPart) return
  yield* Effect.sleep(`${Math.round(delaySeconds)} seconds`)
  const support = bought || (yield* opinionOn(agent, motion, options))
  // Too late is no vote, and sending it would only cost gas.
  if ((yield* chain.blockNumber) >= motion.endBlock) return
  yield* expectRevert(dao.write.castVote([motion.id, support]))
})

/** Whether votes on both are open at the same time. */
const overlaps = (a: Motion, b: Motion): boolean => a.startBlock < b.endBlock && b.startBlock < a.endBlock
