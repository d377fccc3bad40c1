/** Slashes other people's coordinators, if the staking contract lets anybody do that. */
import { Effect, Schema } from "effect"
import { roleNumbers } from "../../mechanisms/staking.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"

const Options = Schema.Struct({
  shareBps: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 10_000 })).pipe(
    withDefault(10_000, "Share of a victim's stake that one slash takes, in basis points."),
  ),
  victims: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100 })).pipe(
    withDefault(100, "How many coordinators it slashes, in the order of their stakes' events."),
  ),
  afterHours: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1_000 })).pipe(
    withDefault(0.5, "Hours after the beginning of the run."),
  ),
})

export const slashingOutsider = defineStrategy({
  name: "outsider/slasher",
  role: "outsider",
  description: "Calls the staking contract's slash on coordinators, without any right to.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, { shareBps, victims, afterHours }) {
    const { staking } = agent.contracts
    yield* Effect.sleep(`${Math.round(afterHours * 3600)} seconds`)
    const staked = (yield* staking.events.Staked.past()).map(({ args }) => args)
    const coordinators = staked.filter(({ role }) => role === roleNumbers.coordinator)
    for (const { participant } of coordinators.slice(0, victims)) {
      const { amount } = yield* staking.read.getStake([participant])
      const wei = (amount * BigInt(shareBps)) / 10_000n
      yield* expectRevert(staking.write.slash([participant, wei, "idle"]))
    }
  }),
})
