/**
 * Moves the numbers of the government step by step, each too small for anybody to mind, until votes are over before
 * others have noticed; then it has the treasury pay it.
 */
import { Effect, Schema } from "effect"
import { stringToHex } from "viem"
import { record } from "../../kernel/ambient.ts"
import type { Agent } from "../agent.ts"
import { carry, holdVotes } from "../government/carry.ts"
import { publishText } from "../government/proposalText.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { callSetting } from "./proposer.ts"
import { raid } from "./raider.ts"

const Options = Schema.Struct({
  parameter: Schema.NonEmptyString.pipe(
    withDefault("AutonetDAO.votingPeriod", "The parameter that it moves, named as in scenarios."),
  ),
  stepShare: Schema.Finite.check(Schema.isBetween({ minimum: 0.01, maximum: 0.99 })).pipe(
    withDefault(0.5, "Share of the parameter's value that one proposal takes away."),
  ),
  steps: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 60 })).pipe(
    withDefault(10, "Proposals that it makes, one after the other, before it asks for the treasury."),
  ),
})

export const driftingHolder = defineStrategy({
  name: "holder/drifter",
  role: "holder",
  description: "Takes a rule of the government apart in many small votes, then takes the treasury.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, { parameter, stepShare, steps }) {
    yield* holdVotes(agent)
    yield* Effect.sleep("1 hour")
    for (let step = 1; step <= steps; step++) {
      const moved = yield* move(agent, parameter, stepShare)
      yield* record("drift", { parameter, step, moved })
    }
    yield* raid(agent, 10_000)
  }),
})

/** One step. Whether it was made. */
const move = Effect.fnUntraced(function* (agent: Agent, parameter: string, stepShare: number) {
  const [name, key = ""] = parameter.split(".")
  const contract = Object.values(agent.contracts).find((each) => each?.name === name)
  if (contract === undefined || !("parameter" in contract.read)) return false
  const before = yield* contract.read.parameter([stringToHex(key, { size: 32 })])
  const after = (before * BigInt(Math.round((1 - stepShare) * 10_000))) / 10_000n
  const call = callSetting(agent, parameter, after > 0n ? after : 1n)
  if (call === undefined) return false
  return yield* carry(agent, call, yield* publishText(agent, { title: `${parameter}, a little less` }))
})
