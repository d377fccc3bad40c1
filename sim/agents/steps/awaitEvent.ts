import { Effect } from "effect"
import type { EventBinding } from "../../../chain/contractTypes.ts"
import type { ChainLog } from "../../../chain/transaction.ts"

/**
 * Waits until something is known: from the state as it is (`known`), or from the first later occurrence of an event
 * from which `pick` makes something. The subscription opens before the state is read, so nothing falls in between.
 */
export const awaitEvent = <Args, A, E, R>(
  event: EventBinding<Args>,
  known: Effect.Effect<A | undefined, E, R>,
  pick: (args: Args) => A | undefined,
) =>
  Effect.scoped(
    Effect.gen(function* () {
      const subscription = yield* event.subscribe
      let found = yield* known
      while (found === undefined) {
        const { args } = yield* subscription.take
        found = pick(args)
      }
      return found
    }),
  )

/**
 * Handles every later occurrence of an event, each in a fiber of its own, for as long as the agent lives: a task
 * that takes an hour does not keep the next one waiting.
 */
export const forEachEvent = <Args, E, R>(
  event: EventBinding<Args>,
  handle: (args: Args, log: ChainLog) => Effect.Effect<unknown, E, R>,
) =>
  Effect.gen(function* () {
    const subscription = yield* event.subscribe
    return yield* Effect.forever(
      Effect.gen(function* () {
        const { args, log } = yield* subscription.take
        yield* Effect.forkScoped(Effect.orDie(handle(args, log)))
      }),
    )
  })
