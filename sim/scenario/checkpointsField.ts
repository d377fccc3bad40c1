/** `learning.checkpoints`: the trail that solvers leave of their training. */
import { Schema } from "effect"
import { about, integer } from "./fields.ts"

const CHECKPOINTS = "null, or { every: 5 }"

export const CheckpointsField = Schema.NullOr(
  Schema.Struct({
    every: integer(
      { min: 1, max: 1_000_000 },
      {
        title: "Interval",
        description: "Between two checkpoints; there is always one after the last step.",
        unit: "steps",
      },
    ),
  }),
).annotate({
  ...about({
    title: "Checkpoints",
    description:
      "Whether solvers record checkpoints on chain while they train, which coordinators can audit; null = they don't.",
  }),
  expected: CHECKPOINTS,
  default: null,
})
