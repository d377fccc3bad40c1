import { Schema } from "effect"

/** A command line that can't be understood; the message says what would be right. Exit code 2. */
export class UsageError extends Schema.TaggedError<UsageError>()("UsageError", { message: Schema.String }) {}
