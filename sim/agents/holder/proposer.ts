/** Proposes to change one parameter, votes for it, and sees a decision through the timelock. */
import { Effect, Schema } from "effect"
import { stringToHex, type Hex } from "viem"
import type { Agent } from "../agent.ts"
import { callOf } from "../government/call.ts"
import { carry, holdVotes } from "../government/carry.ts"
import { publishText } from "../government/proposalText.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"

const Options = Schema.Struct({
  parameter: Schema.NonEmptyString.pipe(
    withDefault("ResultsRewards.minVotes", "The parameter that it wants changed, named as in scenarios."),
  ),
  value: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)).pipe(
    withDefault(3, "What it should be, in the contract's own unit."),
  ),
  afterHours: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 10_000 })).pipe(
    withDefault(1, "Hours after the beginning of the run at which it proposes."),
  ),
})

export const proposingHolder = defineStrategy({
  name: "holder/proposer",
  role: "holder",
  description: "Proposes a change of one parameter and sees it through votes and timelock.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, { parameter, value, afterHours }) {
    yield* holdVotes(agent)
    const call = callSetting(agent, parameter, BigInt(value))
    if (call === undefined) return
    yield* Effect.sleep(`${Math.round(afterHours * 3600)} seconds`)
    const text = yield* publishText(agent, { title: `${parameter} = ${value}` })
    yield* carry(agent, call, text)
  }),
})

/** The call that sets a parameter, named `Contract.key`; undefined where the set has no such contract. */
export const callSetting = (agent: Agent, parameter: string, value: bigint) => {
  const [name, key = ""] = parameter.split(".")
  const contract = Object.values(agent.contracts).find((each) => each?.name === name)
  return contract && callOf(contract, "setParameter", [parameterKey(key), value])
}

const parameterKey = (key: string): Hex => stringToHex(key, { size: 32 })
