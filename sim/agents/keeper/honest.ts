/** Tests whether coordinators look, and lets nobody know before the vote where the tests are. */
import { Effect, Schema } from "effect"
import { defineStrategy } from "../strategy.ts"
import { keeperOptions, keepTraps } from "./keepTraps.ts"

export const honestKeeper = defineStrategy({
  name: "keeper/honest",
  role: "keeper",
  description:
    "Commits to hidden traps before tasks, hands them in as ordinary solutions, opens them after the vote.",
  optionsSchema: Schema.Struct(keeperOptions),
  extraAccounts: ({ accounts }) => accounts,
  run: (agent, options) => keepTraps(agent, options, () => Effect.void),
})
