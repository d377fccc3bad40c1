import { Schema } from "effect"
import { withDefault } from "./strategyOptions.ts"

/** Name of the private channel that accomplices share. */
export const ringOption = Schema.NonEmptyString.check(Schema.isMaxLength(64)).pipe(withDefault("ring"))
