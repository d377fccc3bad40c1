/**
 * Has a harmless proposal carried, and executes its bytes elsewhere: a call that no contract would answer where the
 * proposal says, and that pays the treasury's money out where it is executed.
 */
import { Effect, Schema } from "effect"
import { callOf } from "../government/call.ts"
import { enact, holdVotes, propose, voteEarly } from "../government/carry.ts"
import { publishText } from "../government/proposalText.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"

const Options = Schema.Struct({
  prizeBps: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 10_000 })).pipe(
    withDefault(10_000, "Share of the treasury's ATN that the bytes move, in basis points."),
  ),
  decoy: Schema.Literals(["token", "tasks", "results", "scorecard"]).pipe(
    withDefault("tasks", "The contract that the proposal names, on which its bytes do nothing."),
  ),
  votes: Schema.Boolean.pipe(
    withDefault(true, "Whether it votes for its own proposal, or leaves that to others."),
  ),
})

export const retargetingHolder = defineStrategy({
  name: "holder/retargeter",
  role: "holder",
  description: "Has bytes carried that are harmless on their target, and executes them on the treasury.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, { prizeBps, decoy, votes }) {
    const { token, treasury, [decoy]: named } = agent.contracts
    if (treasury === undefined || named === undefined) return
    yield* holdVotes(agent)
    yield* Effect.sleep("1 hour")
    const there = yield* token.read.balanceOf([treasury.address])
    const harmful = callOf(treasury, "pay", [agent.account, (there * BigInt(prizeBps)) / 10_000n])
    const text = yield* publishText(agent, { title: "A call without effect" })
    const proposalId = yield* propose(agent, { ...harmful, target: named.address }, text)
    if (proposalId === undefined) return
    if (votes) yield* voteEarly(agent, proposalId, true)
    yield* enact(agent, proposalId, harmful)
  }),
})
