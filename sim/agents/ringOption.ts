import { Schema } from "effect"
import { withDefault } from "./strategyOptions.ts"

/** What accomplices have in common. */
export const ringOption = Schema.NonEmptyString.check(Schema.isMaxLength(64)).pipe(
  withDefault("ring", "Name of the private channel that accomplices share."),
)
