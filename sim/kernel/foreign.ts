import { Effect } from "effect"
import { AgentName, CurrentKernel, type ForeignOutcome } from "./ambient.ts"
import { ForeignFailed } from "./errors.ts"

/**
 * Runs a promise of the host (EVM, tfjs) from a virtual-time program.
 *
 * *When to use*: for every promise inside a run. Virtual time stands still until it settles, one runs at a time in the
 * order of asking, and neither the watchdog nor the traps look at it.
 *
 * *Gotchas*: a rejection is a defect, `ForeignFailed`. Interruption withdraws a call that has not started; one that
 * has started is waited for and its result dropped. Outside a kernel the promise is simply awaited.
 */
export const foreign = <A>(label: string, promise: () => Promise<A> | A): Effect.Effect<A> =>
  Effect.withFiber((fiber) => {
    const kernel = fiber.getRef(CurrentKernel)
    if (kernel === undefined) {
      return Effect.tryPromise({
        try: async () => promise(),
        catch: (error) => new ForeignFailed({ label, reason: String(error), cause: error }),
      }).pipe(Effect.orDie)
    }
    const agent = fiber.getRef(AgentName)
    return Effect.callback<A>((resume) => {
      const withdraw = kernel.enqueueForeign(agent, label, promise, (outcome) => {
        resume(settled<A>(label, outcome))
      })
      return Effect.sync(withdraw)
    })
  })

const settled = <A>(label: string, outcome: ForeignOutcome): Effect.Effect<A> =>
  outcome.ok
    ? Effect.succeed(outcome.value as A)
    : Effect.die(new ForeignFailed({ label, reason: String(outcome.error), cause: outcome.error }))
