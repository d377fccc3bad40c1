/** Proposes like an honest one, and then lets its solvers down: what is due comes not at all, or as nothing. */
import { Effect, Schema } from "effect"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { capabilityOption } from "./chooseCapability.ts"
import { proposeTasks } from "./proposeTasks.ts"
import { honestWays, type Ways } from "./ways.ts"

/** How it stalls. */
const manners: Readonly<Record<string, Partial<Ways>>> = {
  silence: { uploads: false, reveals: false },
  emptyText: { uploads: false, commitTo: () => "" },
  missingDocument: { uploads: false },
  lateDocument: { reveals: false },
}

const Options = Schema.Struct({
  capability: capabilityOption,
  manner: Schema.Literals(["silence", "emptyText", "missingDocument", "lateDocument"]).pipe(
    withDefault(
      "emptyText",
      "What it does when the ground truth is due: nothing; reveal an empty text, to whose hash it committed; reveal the identifier of a document that is nowhere; upload the document and not reveal it.",
    ),
  ),
  closes: Schema.Boolean.pipe(withDefault(false, "Whether it still calls coordinators and closes the task.")),
})

export const stallingProposer = defineStrategy({
  name: "proposer/staller",
  role: "proposer",
  description: "Proposes tasks and withholds the ground truth, or shows an empty one.",
  optionsSchema: Options,
  run: (agent, { capability, manner, closes }) =>
    proposeTasks(agent, () => Effect.void, capability, { ...honestWays, ...manners[manner], closes }),
})
