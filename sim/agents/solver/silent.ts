/** Holds a solver's seat and hands in nothing: invited tasks bring fewer updates than they were meant to. */
import { Effect, Schema } from "effect"
import { stakeAs } from "../steps/join.ts"
import { defineStrategy } from "../strategy.ts"

export const silentSolver = defineStrategy({
  name: "solver/silent",
  role: "solver",
  description: "Stakes, is invited, and never hands in anything.",
  optionsSchema: Schema.Struct({}),
  run: (agent) => Effect.asVoid(stakeAs(agent, "solver", agent.stakeWei)),
})
