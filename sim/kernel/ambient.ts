import { Context, Effect } from "effect"
import type { Micros } from "./time.ts"

/** The name of the agent that is running; `outside` where no kernel runs. */
export const AgentName: Context.Reference<string> = Context.Reference<string>("autonet/AgentName", {
  defaultValue: () => "outside",
})

/** What a fiber can ask of the kernel that runs it. Rooms use `record` and `foreign` instead. */
export interface KernelLink {
  readonly now: () => Micros
  readonly record: (source: string, kind: string, data: unknown) => void
  /** Queues a promise of the host; gives back a function that withdraws it if it has not started. */
  readonly enqueueForeign: (
    agent: string,
    label: string,
    promise: () => unknown,
    settle: (outcome: ForeignOutcome) => void,
  ) => () => void
}

export type ForeignOutcome =
  { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown }

/** The kernel that runs the fiber, or `undefined` outside. */
export const CurrentKernel: Context.Reference<KernelLink | undefined> = Context.Reference<
  KernelLink | undefined
>("autonet/CurrentKernel", { defaultValue: () => undefined })

/**
 * Writes an event into the run's trace, and so into its digest, under the agent's name at the present virtual time.
 * `data` must be acceptable to `canonicalJson`, else the agent dies of `NotCanonical`. Outside a kernel: nothing.
 */
export const record = (kind: string, data: unknown): Effect.Effect<void> =>
  Effect.withFiber((fiber) => {
    const kernel = fiber.getRef(CurrentKernel)
    if (kernel !== undefined) kernel.record(fiber.getRef(AgentName), kind, data)
    return Effect.void
  })
