import { type Clock, Clock as ClockService, Duration, Effect, Exit, Fiber } from "effect"
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { record } from "../../sim/kernel/ambient.ts"
import { createKernel } from "../../sim/kernel/createKernel.ts"

/** The reference: a clock whose sleep is built from documented parts, on a real sleep of the kernel under test. */
const sleepByCallback = (clock: Clock.Clock): Clock.Clock => ({
  ...clock,
  currentTimeMillisUnsafe: () => clock.currentTimeMillisUnsafe(),
  currentTimeNanosUnsafe: () => clock.currentTimeNanosUnsafe(),
  monotonicTimeNanosUnsafe: () => clock.monotonicTimeNanosUnsafe(),
  sleep: (duration) =>
    Effect.withFiber((fiber) =>
      Effect.callback<void>((resume) => {
        const timer = Effect.runForkWith(fiber.context)(clock.sleep(duration))
        timer.addObserver((exit) => {
          if (Exit.isSuccess(exit)) resume(Effect.void)
        })
        return Effect.sync(() => {
          timer.interruptUnsafe()
        })
      }),
    ),
})

interface Step {
  readonly kind: "sleep" | "timeout" | "race" | "forkAndInterrupt" | "uninterruptible"
  readonly a: number
  readonly b: number
}

const stepArbitrary: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom("sleep", "timeout", "race", "forkAndInterrupt", "uninterruptible"),
  a: fc.integer({ min: 0, max: 20 }),
  b: fc.integer({ min: 0, max: 20 }),
})

const perform = ({ kind, a, b }: Step): Effect.Effect<unknown> => {
  // Odd against even, so that no two timers of a step are due at once: the order of ties is not what is compared.
  const first = Effect.sleep(2 * a + 1).pipe(Effect.onInterrupt(() => record("interrupted", a)))
  const second = Effect.sleep(2 * b + 2)
  switch (kind) {
    case "sleep":
      return first
    case "timeout":
      return Effect.timeoutOption(first, 2 * b + 2)
    case "race":
      return Effect.race(first, second)
    case "uninterruptible":
      return Effect.timeoutOption(Effect.uninterruptible(first), 2 * b + 2)
    case "forkAndInterrupt":
      return Effect.forkChild(first).pipe(
        Effect.flatMap((fiber) => Effect.andThen(second, Fiber.interrupt(fiber))),
      )
  }
}

const storyOf = async (steps: readonly Step[], reference: boolean): Promise<unknown> => {
  const kernel = createKernel({ seed: "1", horizonMicros: 10_000_000 })
  const program = Effect.forEach(steps, (step, index) => Effect.andThen(perform(step), record("step", index)))
  kernel.spawn(
    "agent",
    reference
      ? ClockService.clockWith((clock) =>
          Effect.provideService(program, ClockService.Clock, sleepByCallback(clock)),
        )
      : program,
  )
  const { lastEventMicros } = await kernel.run()
  return { lastEventMicros, events: kernel.trace.events.filter((event) => event.source === "agent") }
}

describe("a sleep with recycled timers", () => {
  test("behaves like one built from Effect.callback, interruptions included", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(stepArbitrary, { maxLength: 8 }), async (steps) => {
        expect(await storyOf(steps, false)).toEqual(await storyOf(steps, true))
      }),
      { numRuns: 100 },
    )
  })

  test("is a value that can be kept, run twice and run by two fibers at once", async () => {
    const kernel = createKernel({ seed: "1", horizonMicros: 1_000_000 })
    kernel.spawn(
      "agent",
      ClockService.clockWith((clock) => {
        const nap = clock.sleep(Duration.millis(10))
        return Effect.all([nap, nap], { concurrency: 2 }).pipe(
          Effect.andThen(nap),
          Effect.andThen(record("up", null)),
        )
      }),
    )
    await kernel.run()
    expect(kernel.trace.events[0]).toMatchObject({ time: 20_000, kind: "up" })
  })

  test("does not grow when timeouts are cancelled again and again", async () => {
    const kernel = createKernel({ seed: "1", horizonMicros: 100_000_000 })
    kernel.spawn("agent", Effect.forever(Effect.sleep(1).pipe(Effect.timeout("10 hours"))))
    const before = process.memoryUsage().heapUsed
    const { events } = await kernel.run()
    expect(events).toBeGreaterThan(100_000)
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(200_000_000)
  })
})
