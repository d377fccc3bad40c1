/** Says what a language model has said: replays verdicts that were recorded outside, amendment by amendment. */
import { Effect, Schema } from "effect"
import type { Agent } from "../agent.ts"
import type { Motion } from "../government/motion.ts"
import { textOf } from "../government/proposalText.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { sitOnJuries, type Verdict } from "./sitOnJuries.ts"

const RecordedVerdict = Schema.Struct({
  amendment: Schema.NonEmptyString.annotate({ description: "Title of the amendment's text." }),
  evaluator: Schema.NonEmptyString.annotate({ description: "Which model said so." }),
  approves: Schema.Boolean.annotate({ description: "What it said." }),
  confidence: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 100 })).annotate({
    description: "How sure it was, 0 to 100.",
  }),
}).annotate({ description: "A verdict." })

const Options = Schema.Struct({
  verdicts: Schema.Array(RecordedVerdict).pipe(
    withDefault(
      [],
      "Verdicts, or the path of a YAML or JSON file with the list of them, relative to the scenario: its content becomes part of the scenario. On what is not among them it is silent.",
    ),
  ),
  evaluator: Schema.NullOr(Schema.NonEmptyString).pipe(
    withDefault(
      null,
      "Whose verdicts it replays; null = those of the evaluators in the list are dealt to validators in turn.",
    ),
  ),
})
type Options = typeof Options.Type

export const recordedValidator = defineStrategy({
  name: "validator/recorded",
  role: "validator",
  description: "Replays verdicts of language models that were recorded outside.",
  optionsSchema: Options,
  optionsFromFiles: ["verdicts"],
  run: (agent, options) => sitOnJuries(agent, (motion) => recordedOn(agent, motion, options)),
})

/** The recorded verdict on an amendment. Silence where there is none: nobody knows what the model would have said. */
const recordedOn = Effect.fnUntraced(function* (agent: Agent, motion: Motion, options: Options) {
  const title = (yield* textOf(agent, motion.description))?.title
  const evaluator = evaluatorOf(agent, options)
  const found = options.verdicts.find((each) => each.amendment === title && each.evaluator === evaluator)
  return found satisfies Verdict | undefined
})

const evaluatorOf = ({ index }: Agent, { verdicts, evaluator }: Options): string | undefined => {
  const known = [...new Set(verdicts.map((verdict) => verdict.evaluator))]
  return evaluator ?? known[index % known.length]
}
