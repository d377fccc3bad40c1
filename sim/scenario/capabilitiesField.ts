/** `learning.capabilities`: what the network is to master, each a set of classes with a price of its own. */
import { Schema } from "effect"
import { about, integer, kebabName } from "./fields.ts"

const Label = integer(
  { min: 0, max: 255 },
  { title: "Label", description: "A class of the data set, from 0." },
)

const Capability = Schema.Struct({
  name: kebabName({ title: "Name", description: "Of the module that tasks name and the scorecard lists." }),
  labels: Schema.Array(Label)
    .check(Schema.isMinLength(2, { expected: "at least two classes, between which the model chooses" }))
    .annotate(
      about({
        title: "Labels",
        description:
          "Its classes: tasks for it are trained and judged on their examples, the model choosing among them alone.",
      }),
    ),
  targetBps: Schema.optionalKey(
    integer(
      { min: 1, max: 10_000 },
      {
        title: "Target",
        description:
          "Score from which on its tasks are worth the least. Default: CapabilityScorecard.defaultTargetBps.",
        unit: "bps",
      },
    ),
  ),
}).annotate(about({ title: "Capability", description: "A set of classes that tasks may be about." }))

/** Absent: one capability of all classes, unregistered, so that every task is worth 1.00. */
export const CapabilitiesField = Schema.Array(Capability)
  .check(Schema.isBetweenLength(1, 32, { expected: "a list of 1 to 32 capabilities" }))
  .annotate(
    about({
      title: "Capabilities",
      description:
        "What the one global model is to master, in modules that the scorecard prices apart. Absent: one of all classes that the scorecard does not know, so that every task is worth 1.00.",
    }),
  )
