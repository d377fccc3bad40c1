/**
 * Promises voters money, in the text of its proposal, for a decision that pays it more: the treasury's ATN, or a change of
 * a parameter that its accomplices live on.
 */
import { Effect, Schema } from "effect"
import type { Agent } from "../agent.ts"
import { callOf, type Call } from "../government/call.ts"
import { enact, holdVotes, propose, voteEarly } from "../government/carry.ts"
import { publishText } from "../government/proposalText.ts"
import { forEachEvent } from "../steps/awaitEvent.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { callSetting } from "./proposer.ts"

const Options = Schema.Struct({
  bribeAtn: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 })).pipe(
    withDefault(1, "ATN promised to a voter for each 1,000 votes in favour."),
  ),
  prizeBps: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 10_000 })).pipe(
    withDefault(10_000, "Share of the treasury's ATN that its proposal pays to it, in basis points."),
  ),
  parameter: Schema.NullOr(Schema.NonEmptyString).pipe(
    withDefault(null, "The parameter that it wants changed in place of a payment, named as in scenarios."),
  ),
  value: Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)).pipe(
    withDefault(0, "What that parameter should be, in the contract's own unit."),
  ),
  pays: Schema.Literals(["atOnce", "onSuccess", "never"]).pipe(
    withDefault(
      "atOnce",
      "When it keeps its promise: after each vote, once the money is there, or not at all.",
    ),
  ),
})

export const voteBuyingHolder = defineStrategy({
  name: "holder/vote-buyer",
  role: "holder",
  description: "Pays voters for a decision that pays it more.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, { bribeAtn, pays, ...wish }) {
    const { dao } = agent.contracts
    if (dao === undefined) return
    yield* holdVotes(agent)
    yield* Effect.sleep("1 hour")
    const call = yield* callFor(agent, wish)
    if (call === undefined) return
    const proposalId = yield* proposeWithBribe(agent, call, bribeAtn)
    if (proposalId === undefined) return
    const pricePerVoteWei = BigInt(Math.round(bribeAtn * 1e15))
    if (pays === "atOnce") {
      yield* Effect.forkScoped(
        forEachEvent(dao.events.VoteCast, (vote) =>
          vote.proposalId === proposalId ? payVoter(agent, vote, pricePerVoteWei) : Effect.void,
        ),
      )
    }
    yield* voteEarly(agent, proposalId, true)
    const carried = yield* enact(agent, proposalId, call)
    if (pays !== "onSuccess" || !carried) return
    for (const { args } of yield* dao.events.VoteCast.past()) {
      if (args.proposalId === proposalId) yield* payVoter(agent, args, pricePerVoteWei)
    }
  }),
})

/** What it has voted on. */
const callFor = Effect.fnUntraced(function* (
  agent: Agent,
  { prizeBps, parameter, value }: Pick<typeof Options.Type, "prizeBps" | "parameter" | "value">,
) {
  if (parameter !== null) return callSetting(agent, parameter, BigInt(Math.round(value)))
  const { token, treasury } = agent.contracts
  if (treasury === undefined) return undefined
  const there = yield* token.read.balanceOf([treasury.address])
  return callOf(treasury, "pay", [agent.account, (there * BigInt(prizeBps)) / 10_000n])
})

const proposeWithBribe = Effect.fnUntraced(function* (agent: Agent, call: Call, bribeAtn: number) {
  const text = { title: "A little for everybody", breaksPrinciples: true, bribeAtnPerThousandVotes: bribeAtn }
  return yield* propose(agent, call, yield* publishText(agent, text))
})

interface CastVote {
  readonly voter: `0x${string}`
  readonly support: boolean
  readonly weight: bigint
}

/** Pays for one vote in favour, as long as the money lasts. */
const payVoter = Effect.fnUntraced(function* (
  agent: Agent,
  { voter, support, weight }: CastVote,
  pricePerVoteWei: bigint,
) {
  if (!support || voter === agent.account) return
  yield* expectRevert(agent.contracts.token.write.transfer([voter, (weight * pricePerVoteWei) / 10n ** 18n]))
})
