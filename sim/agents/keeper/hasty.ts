/**
 * A keeper that talks: it opens each commitment as soon as the solutions are in, where the contracts let it, while
 * coordinators can still vote by what they read. Where they refuse, it opens in time like an honest one.
 */
import { Effect, Schema } from "effect"
import { Chain } from "../../../chain/chain.ts"
import type { Agent } from "../agent.ts"
import { openingOf } from "../protocol/hiddenTraps.ts"
import type { TrapPlan } from "../protocol/traps.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { keeperOptions, keepTraps } from "./keepTraps.ts"

export const hastyKeeper = defineStrategy({
  name: "keeper/hasty",
  role: "keeper",
  description: "Keeps traps, and tries to open each while coordinators can still vote by what they read.",
  optionsSchema: Schema.Struct({
    ...keeperOptions,
    openAfterBlocks: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1000 })).pipe(
      withDefault(2, "Blocks after the reveal of the solutions at which it first tries to open."),
    ),
  }),
  extraAccounts: ({ accounts }) => accounts,
  run: (agent, options) =>
    keepTraps(agent, options, (taskId, plan) => openEarly(agent, taskId, plan, options.openAfterBlocks)),
})

const openEarly = Effect.fnUntraced(function* (agent: Agent, taskId: bigint, plan: TrapPlan, after: number) {
  const chain = yield* Chain
  const { solutionEnd } = yield* agent.protocol.timetable.of(taskId)
  yield* chain.awaitBlock(solutionEnd + BigInt(after))
  yield* expectRevert(agent.contracts.forcedErrors.write.revealForcedError(openingOf(taskId, plan)))
})
