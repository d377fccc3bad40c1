/** What a proposer's tasks are about. */
import { Effect, Schema } from "effect"
import type { Agent } from "../agent.ts"
import { capabilityNamed, type Capability } from "../capability.ts"
import type { ProtocolFailure } from "../protocol/protocolFailure.ts"
import type { Chain } from "../../../chain/chain.ts"
import { withDefault } from "../strategyOptions.ts"

export const capabilityOption = Schema.NonEmptyString.pipe(
  withDefault(
    "rotation",
    "What its tasks are about: rotation = one capability after the other by the task's place, dearest = the one with the highest multiplier at the moment, or the name of one.",
  ),
)

/** The capability of the task at a place; by rotation too where the option names none that there is. */
export const chooseCapability = Effect.fnUntraced(function* (agent: Agent, option: string, place: number) {
  const { capabilities } = agent.plan
  const inTurn = capabilities[place % capabilities.length] ?? capabilities[0]
  if (option === "dearest") return yield* dearest(agent, inTurn)
  return capabilityNamed(agent.plan, option) ?? inTurn
})

/** That of the turn where several are equally dear. */
const dearest = (agent: Agent, inTurn: Capability): Effect.Effect<Capability, ProtocolFailure, Chain> =>
  Effect.gen(function* () {
    let best = inTurn
    let most = yield* agent.protocol.modules.multiplierNow(inTurn)
    for (const capability of agent.plan.capabilities) {
      const multiplier = yield* agent.protocol.modules.multiplierNow(capability)
      if (multiplier > most) [best, most] = [capability, multiplier]
    }
    return best
  })
