/** A command line that can't be understood; the message says what would be right. Exit code 2. */
export class UsageError extends Error {
  readonly _tag = "UsageError"
}
