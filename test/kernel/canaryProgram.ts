import { Effect, Queue, Random } from "effect"
import { record } from "../../sim/kernel/ambient.ts"
import { foreign } from "../../sim/kernel/foreign.ts"
import { createKernel } from "../../sim/kernel/createKernel.ts"
import type { KernelOptions } from "../../sim/kernel/kernel.ts"

/** Small changes to a run, each of which must change its digest. */
export interface Canary {
  readonly logText?: string
  readonly extraDraw?: boolean
  readonly extraNoiseDraw?: boolean
  readonly metric?: number
  /** The two agents that do the same thing at the same time are added the other way round. */
  readonly swapped?: boolean
}

/** A run that uses a bit of everything: draws, logs, queues, timeouts, host promises, noise. */
export const runCanary = async (
  canary: Canary = {},
  options: Partial<KernelOptions> = {},
): Promise<{ readonly digest: string; readonly verdict: string }> => {
  const kernel = createKernel({ seed: "canary", horizonMicros: 20_000_000, ...options })
  const latency = kernel.stream("network/latency")
  const mailbox = kernel.assemble(Queue.unbounded<string>())
  const votes: string[] = []
  const voter = (name: string): Effect.Effect<void> =>
    Effect.gen(function* () {
      for (let round = 0; round < 10; round++) {
        yield* Effect.sleep("1 second")
        const weight = yield* foreign("host", async () => Promise.resolve(round + name.length))
        yield* record("vote", { round, weight, gas: 21_000n, draw: yield* Random.next })
        yield* Effect.sleep(latency.int(1, 50))
        yield* Queue.offer(mailbox, `${name}:${round}`)
      }
    })
  const names = ["ann", "bob", "cas"]
  for (const name of canary.swapped === true ? names.toReversed() : names) kernel.spawn(name, voter(name))
  // Two that record nothing of their own: only the order of resumes tells them apart.
  const silent = ["left", "right"]
  for (const name of canary.swapped === true ? silent.toReversed() : silent) {
    kernel.spawn(name, Effect.forever(Effect.sleep(250)))
  }
  kernel.spawn(
    "counter",
    Effect.gen(function* () {
      yield* Effect.log(canary.logText ?? "counting")
      if (canary.extraDraw === true) yield* Random.next
      if (canary.extraNoiseDraw === true) latency.next()
      for (let taken = 0; taken < 30; taken++) {
        votes.push(yield* Queue.take(mailbox).pipe(Effect.timeout("1 minute")))
      }
      yield* record("metric", { name: "votes", value: canary.metric ?? votes.length })
    }),
  )
  const { digest } = await kernel.run()
  return { digest, verdict: votes.toSorted().join(" ") }
}
