/**
 * Proposes an amendment that mints ATN for it, in a text that may carry instructions to the models on the jury. It may
 * also sit on that jury itself, with the same ATN that it votes with.
 */
import { Effect, Schema } from "effect"
import { Chain } from "../../../chain/chain.ts"
import type { Agent } from "../agent.ts"
import { callOf } from "../government/call.ts"
import { enact, holdVotes, propose, voteEarly } from "../government/carry.ts"
import { readMotion } from "../government/motion.ts"
import { publishText } from "../government/proposalText.ts"
import { stakeAs } from "../steps/join.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { answerJuries } from "../validator/sitOnJuries.ts"

const Options = Schema.Struct({
  mintAtn: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000_000 })).pipe(
    withDefault(1_000_000, "ATN that the amendment mints for it."),
  ),
  injection: Schema.Boolean.pipe(
    withDefault(false, "Whether the text carries instructions to language models."),
  ),
  attempts: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 20 })).pipe(
    withDefault(1, "How often it tries, each time with another text."),
  ),
  jurorStakeAtn: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 10_000_000 })).pipe(
    withDefault(0, "ATN that it stakes as a validator after its votes are counted; 0 = none."),
  ),
})

export const usurpingHolder = defineStrategy({
  name: "holder/usurper",
  role: "holder",
  description: "Proposes an amendment that mints ATN for it, and works on the jury.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, { mintAtn, injection, attempts, jurorStakeAtn }) {
    yield* holdVotes(agent)
    yield* Effect.sleep("1 hour")
    if (jurorStakeAtn > 0) {
      const approve = Effect.succeed({ approves: true, confidence: 100 })
      yield* Effect.forkScoped(answerJuries(agent, () => approve))
    }
    const call = callOf(agent.contracts.token, "mint", [agent.account, BigInt(mintAtn) * 10n ** 18n])
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const title = `Issue ATN for growth, version ${attempt}`
      const text = yield* publishText(agent, { title, breaksPrinciples: true, injection })
      const proposalId = yield* propose(agent, call, text)
      if (proposalId === undefined) return
      // Its votes are those of the block before the proposal: from now on the ATN are free for other uses.
      if (attempt === 1 && jurorStakeAtn > 0)
        yield* stakeAs(agent, "validator", BigInt(jurorStakeAtn) * 10n ** 18n)
      yield* voteEarly(agent, proposalId, true)
      if (yield* enact(agent, proposalId, call)) return
      yield* closeJuryOf(agent, proposalId)
    }
  }),
})

/** An author may have one amendment open at a time: the next waits until this one's jury is closed. */
const closeJuryOf = Effect.fnUntraced(function* (agent: Agent, proposalId: bigint) {
  const { constitution, dao } = agent.contracts
  if (constitution === undefined || dao === undefined) return
  const chain = yield* Chain
  const { endBlock } = yield* readMotion(dao, proposalId)
  yield* chain.awaitBlock(endBlock + 100n)
})
