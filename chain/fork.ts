/** What would happen if: a program on the world as it is, and the world as it was afterwards. */
import { Effect } from "effect"
import { foreign } from "../sim/kernel/foreign.ts"
import { Chain } from "./chain.ts"
import { type InstantChainOptions, createInstantChain } from "./instantChain.ts"

/**
 * Runs a program on an instant chain over the engine's present state and undoes all that it did.
 *
 * *Gotchas*: inside a run nobody else moves meanwhile, and no virtual time passes; the program must not sleep. An
 * engine keeps its history from the first fork on.
 */
export const fork = <A, E>(
  options: InstantChainOptions,
  program: Effect.Effect<A, E, Chain>,
): Effect.Effect<A, E> =>
  Effect.flatten(
    foreign("fork", async () => {
      const { engine } = options
      const snapshot = engine.snapshot()
      try {
        const chain = createInstantChain(options)
        return await Effect.runPromiseExit(Effect.provideService(program, Chain, chain))
      } finally {
        engine.restore(snapshot)
      }
    }),
  )
