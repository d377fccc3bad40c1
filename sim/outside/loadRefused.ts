/** Why a file of strategies can't be used. */
import { Schema } from "effect"

/** `message` names the file, what is wrong with it, and what would be right. */
export class StrategyFileRefused extends Schema.TaggedError<StrategyFileRefused>()("StrategyFileRefused", {
  file: Schema.String,
  message: Schema.String,
}) {}
