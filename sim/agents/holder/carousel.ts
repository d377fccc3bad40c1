/**
 * Votes with the same ATN again and again: each of its accounts votes, then hands the ATN on to the next. Counts only
 * where votes weigh what a voter has at the moment of voting.
 */
import { Effect, Schema } from "effect"
import type { Address } from "viem"
import { Chain } from "../../../chain/chain.ts"
import type { Agent } from "../agent.ts"
import { callOf } from "../government/call.ts"
import { enact, propose } from "../government/carry.ts"
import { readMotion, type Government } from "../government/motion.ts"
import { publishText } from "../government/proposalText.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"

const Options = Schema.Struct({
  accounts: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 64 })).pipe(
    withDefault(10, "Further accounts through which the ATN go round."),
  ),
  prizeBps: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 10_000 })).pipe(
    withDefault(10_000, "Share of the treasury's ATN that it asks for, in basis points."),
  ),
})

export const carouselHolder = defineStrategy({
  name: "holder/carousel",
  role: "holder",
  description: "Votes with the same ATN from one account after another.",
  optionsSchema: Options,
  extraAccounts: ({ accounts }) => accounts,
  run: Effect.fnUntraced(function* (agent, { prizeBps }) {
    const { dao, token, treasury } = agent.contracts
    if (dao === undefined || treasury === undefined) return
    const accounts = [agent.account, ...agent.extraAccounts]
    for (const account of accounts) {
      yield* agent.as(account, token.write.delegate([account]))
    }
    yield* Effect.sleep("1 hour")
    const there = yield* token.read.balanceOf([treasury.address])
    const call = callOf(treasury, "pay", [agent.account, (there * BigInt(prizeBps)) / 10_000n])
    const text = yield* publishText(agent, { title: "Pay a grant", breaksPrinciples: true })
    const proposalId = yield* propose(agent, call, text)
    if (proposalId === undefined) return
    yield* goRound(agent, dao, proposalId, accounts)
    yield* enact(agent, proposalId, call)
  }),
})

/** Every account in turn votes with all there is, and hands it on; the last one hands it back. */
const goRound = Effect.fnUntraced(function* (
  agent: Agent,
  dao: Government,
  proposalId: bigint,
  accounts: readonly Address[],
) {
  const chain = yield* Chain
  const { token } = agent.contracts
  yield* chain.awaitBlock((yield* readMotion(dao, proposalId)).startBlock)
  for (const [place, account] of accounts.entries()) {
    yield* agent.as(account, expectRevert(dao.write.castVote([proposalId, true])))
    const next = accounts[place + 1] ?? agent.account
    const balance = yield* token.read.balanceOf([account])
    yield* agent.as(account, expectRevert(token.write.transfer([next, balance])))
  }
})
