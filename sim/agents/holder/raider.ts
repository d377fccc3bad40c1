/**
 * Holds ATN at one snapshot and proposes that the treasury pay it. Harmless proposals opened beside it tire those who
 * would vote against; if one attempt fails it may try again.
 */
import { Effect, Schema } from "effect"
import type { Agent } from "../agent.ts"
import { callOf } from "../government/call.ts"
import { carry, holdVotes, propose } from "../government/carry.ts"
import { publishText } from "../government/proposalText.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { callSetting } from "./proposer.ts"

const Options = Schema.Struct({
  prizeBps: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 10_000 })).pipe(
    withDefault(10_000, "Share of the treasury's ATN that it asks for, in basis points."),
  ),
  decoys: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 64 })).pipe(
    withDefault(4, "Harmless proposals that it opens at the same time."),
  ),
  attempts: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 20 })).pipe(
    withDefault(1, "How often it tries, one attempt after the other."),
  ),
})

export const raidingHolder = defineStrategy({
  name: "holder/raider",
  role: "holder",
  description: "Proposes that the treasury pay it, among harmless proposals that tire other voters.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, { prizeBps, decoys, attempts }) {
    yield* holdVotes(agent)
    // Votes count from the block after.
    yield* Effect.sleep("1 hour")
    for (let attempt = 1; attempt <= attempts; attempt++) {
      yield* openDecoys(agent, decoys)
      if (yield* raid(agent, prizeBps)) return
    }
  }),
})

/** Proposes to pay the treasury's money to the agent and sees it through. Whether it was paid. */
export const raid = Effect.fnUntraced(function* (agent: Agent, prizeBps: number) {
  const { token, treasury } = agent.contracts
  if (treasury === undefined) return false
  const there = yield* token.read.balanceOf([treasury.address])
  const call = callOf(treasury, "pay", [agent.account, (there * BigInt(prizeBps)) / 10_000n])
  const text = yield* publishText(agent, { title: "Pay a grant", breaksPrinciples: true })
  return yield* carry(agent, call, text)
})

const openDecoys = Effect.fnUntraced(function* (agent: Agent, count: number) {
  for (let decoy = 1; decoy <= count; decoy++) {
    const call = callSetting(agent, "Treasury.jackpotPoolTarget", 10_000n * 10n ** 18n + BigInt(decoy))
    const text = yield* publishText(agent, { title: `Adjust the pool of jackpots, ${decoy}` })
    if (call !== undefined) yield* propose(agent, call, text)
  }
})
