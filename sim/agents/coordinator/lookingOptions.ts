/** Options that several coordinators have in common. */
import { Schema } from "effect"
import { withDefault } from "../strategyOptions.ts"

/** 0 to 1, both included. */
export const probability = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))

export const examplesOption = Schema.Finite.check(
  Schema.isBetween({ minimum: 0, maximum: 1, exclusiveMinimum: true }),
).pipe(
  withDefault(
    1,
    "Share of the ground truth that it looks at, above 0: fewer examples cost less and err more.",
  ),
)

export const unseenScoreOption = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 100 })).pipe(
  withDefault(90, "The score it gives to what it approves without looking, 0 to 100."),
)
