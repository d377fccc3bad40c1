import { Effect } from "effect"

/** Undefined for what is missing or malformed: anybody may have put it there. */
export const orNothing = <A, E extends { readonly _tag: string }, R>(load: Effect.Effect<A, E, R>) =>
  Effect.catchTags(load, {
    ContentNotFound: () => Effect.succeed(undefined),
    DocumentMalformed: () => Effect.succeed(undefined),
  })
