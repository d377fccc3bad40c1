import { Clock, Deferred, Duration, Effect, Fiber, PubSub, Queue, Schedule, Semaphore } from "effect"
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { record } from "../../sim/kernel/ambient.ts"
import { createKernel } from "../../sim/kernel/createKernel.ts"
import type { Kernel } from "../../sim/kernel/kernel.ts"
import { secondsToMicros } from "../../sim/kernel/time.ts"

const HOUR = secondsToMicros(3600)

/** Runs the agents to the horizon; gives what they recorded as `time source kind`, in order. */
const storyOf = async (spawn: (kernel: Kernel) => void, horizonMicros = HOUR): Promise<string[]> => {
  const kernel = createKernel({ seed: "story", horizonMicros })
  spawn(kernel)
  await kernel.run()
  return kernel.trace.events
    .filter((event) => event.source !== "kernel")
    .map((event) => `${event.time / 1000} ${event.source} ${event.kind}`)
}

describe("Effect's own tools run on virtual time", () => {
  test("a sleep takes exactly its length, and an hour costs no real time", async () => {
    const story = await storyOf((kernel) => {
      kernel.spawn("sleeper", Effect.sleep("59 minutes").pipe(Effect.andThen(record("woke", null))))
    })
    expect(story).toEqual(["3540000 sleeper woke"])
  })

  test("the clock tells microseconds as milliseconds and nanoseconds", async () => {
    const read: unknown[] = []
    await storyOf((kernel) => {
      kernel.spawn(
        "reader",
        Effect.gen(function* () {
          yield* Effect.sleep(Duration.micros(1_234_567n))
          read.push(
            yield* Clock.currentTimeMillis,
            yield* Clock.currentTimeNanos,
            yield* Clock.monotonicTimeNanos,
          )
        }),
      )
    })
    expect(read).toEqual([1234.567, 1_234_567_000n, 1_234_567_000n])
  })

  test("a duration that is no whole number of microseconds is rounded up: nobody wakes early", async () => {
    const story = await storyOf((kernel) => {
      kernel.spawn("nanos", Effect.sleep(Duration.nanos(1n)).pipe(Effect.andThen(record("woke", null))))
      kernel.spawn("fraction", Effect.sleep(0.0015).pipe(Effect.andThen(record("woke", null))))
      kernel.spawn("negative", Effect.sleep(-5).pipe(Effect.andThen(record("woke", null))))
    })
    expect(story).toEqual(["0 negative woke", "0.001 nanos woke", "0.002 fraction woke"])
  })

  test("a queue hands values over at the instant of the offer, in order", async () => {
    const story = await storyOf((kernel) => {
      const queue = kernel.assemble(Queue.unbounded<number>())
      kernel.spawn(
        "consumer",
        Effect.gen(function* () {
          for (let taken = 0; taken < 3; taken++) yield* record(`took ${yield* Queue.take(queue)}`, null)
        }),
      )
      kernel.spawn(
        "producer",
        Effect.gen(function* () {
          for (const value of [1, 2, 3]) {
            yield* Effect.sleep(10)
            yield* Queue.offer(queue, value)
          }
        }),
      )
    })
    expect(story).toEqual(["10 consumer took 1", "20 consumer took 2", "30 consumer took 3"])
  })

  test("a published message reaches every subscriber", async () => {
    const story = await storyOf((kernel) => {
      const hub = kernel.assemble(PubSub.unbounded<string>())
      const listener = Effect.gen(function* () {
        const subscription = yield* PubSub.subscribe(hub)
        yield* record(`heard ${yield* PubSub.take(subscription)}`, null)
      })
      kernel.spawn("one", listener)
      kernel.spawn("two", listener)
      kernel.spawn("speaker", Effect.sleep(7).pipe(Effect.andThen(PubSub.publish(hub, "hi"))))
    })
    expect(story).toEqual(["7 one heard hi", "7 two heard hi"])
  })

  test("a deferred wakes those who await it", async () => {
    const deferred = Deferred.makeUnsafe<string>()
    const story = await storyOf((kernel) => {
      kernel.spawn("waiter", Deferred.await(deferred).pipe(Effect.andThen((word) => record(word, null))))
      kernel.spawn("giver", Effect.sleep(3).pipe(Effect.andThen(Deferred.succeed(deferred, "go"))))
    })
    expect(story).toEqual(["3 waiter go"])
  })

  test("a timeout strikes when it is due, and never when the work is done before", async () => {
    const story = await storyOf((kernel) => {
      const late = Effect.sleep(100).pipe(Effect.timeoutOption(40))
      const early = Effect.sleep(30).pipe(Effect.timeoutOption(40))
      kernel.spawn("late", late.pipe(Effect.andThen((result) => record(result._tag, null))))
      kernel.spawn("early", early.pipe(Effect.andThen((result) => record(result._tag, null))))
    })
    expect(story).toEqual(["30 early Some", "40 late None"])
  })

  test("a race is won by the first and interrupts the other", async () => {
    const story = await storyOf((kernel) => {
      const slow = Effect.sleep(20).pipe(Effect.onInterrupt(() => record("slow interrupted", null)))
      kernel.spawn("racer", Effect.race(Effect.sleep(10), slow).pipe(Effect.andThen(record("done", null))))
    })
    expect(story).toEqual(["10 racer slow interrupted", "10 racer done"])
  })

  test("schedules repeat in virtual time, jittered ones included", async () => {
    const story = await storyOf((kernel) => {
      const three = Schedule.upTo(Schedule.spaced("1 second"), { times: 2 })
      kernel.spawn("spaced", Effect.repeat(record("tick", null), three))
      kernel.spawn("jittered", Effect.repeat(record("tock", null), Schedule.jittered(three)))
    })
    expect(story.filter((line) => line.includes("spaced"))).toEqual([
      "0 spaced tick",
      "1000 spaced tick",
      "2000 spaced tick",
    ])
    const jittered = story
      .filter((line) => line.includes("jittered"))
      .map((line) => Number(line.split(" ")[0]))
    expect(jittered).toHaveLength(3)
    expect(jittered.every((millis) => Number.isInteger(millis * 1000))).toBe(true)
  })

  test("a semaphore lets one in at a time, in order of asking", async () => {
    const story = await storyOf((kernel) => {
      const semaphore = kernel.assemble(Semaphore.make(1))
      for (const name of ["a", "b", "c"]) {
        kernel.spawn(
          name,
          Effect.sleep(10).pipe(Effect.andThen(record("out", null)), Semaphore.withPermits(semaphore, 1)),
        )
      }
    })
    expect(story).toEqual(["10 a out", "20 b out", "30 c out"])
  })

  test("a forked child works beside its parent and can be joined", async () => {
    const story = await storyOf((kernel) => {
      kernel.spawn(
        "parent",
        Effect.gen(function* () {
          const child = yield* Effect.forkChild(Effect.sleep(20).pipe(Effect.as("done")))
          yield* Effect.sleep(5)
          yield* record(`joined ${yield* Fiber.join(child)}`, null)
        }),
      )
    })
    expect(story).toEqual(["20 parent joined done"])
  })
})

describe("the order of simultaneous events", () => {
  const alarm = fc.record({
    delayMillis: fc.integer({ min: 0, max: 5 }),
    priority: fc.integer({ min: -2, max: 2 }),
  })

  test("is time, then priority, then sequence of scheduling", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(alarm, { maxLength: 30 }), async (alarms) => {
        // Delays start at one: an agent is started by a timer of its own.
        const story = await storyOf((kernel) => {
          alarms.forEach(({ delayMillis, priority }, index) => {
            const ring = Effect.sleep(delayMillis + 1).pipe(Effect.andThen(record("ring", null)))
            kernel.spawn(`${index}`, ring, { priority })
          })
        })
        const expected = alarms
          .map(({ delayMillis, priority }, index) => ({ time: delayMillis + 1, priority, index }))
          .sort((a, b) => a.time - b.time || a.priority - b.priority || a.index - b.index)
        expect(story).toEqual(expected.map(({ time, index }) => `${time} ${index} ring`))
      }),
      { numRuns: 60 },
    )
  })

  test("what a timer makes ready runs before the next timer of the same instant", async () => {
    const story = await storyOf((kernel) => {
      const queue = kernel.assemble(Queue.unbounded<number>())
      kernel.spawn("taker", Queue.take(queue).pipe(Effect.andThen(record("took", null))))
      kernel.spawn("first", Effect.sleep(5).pipe(Effect.andThen(Queue.offer(queue, 1))))
      kernel.spawn("second", Effect.sleep(5).pipe(Effect.andThen(record("woke", null))))
    })
    expect(story).toEqual(["5 taker took", "5 second woke"])
  })

  test("a cancelled timer does not advance the clock", async () => {
    const kernel = createKernel({ seed: "1", horizonMicros: HOUR })
    kernel.spawn("quick", Effect.sleep(10).pipe(Effect.timeout("30 minutes")))
    const { lastEventMicros } = await kernel.run()
    expect(lastEventMicros).toBe(10_000)
  })

  test("what is due at the horizon happens, what is due a microsecond later does not", async () => {
    const story = await storyOf((kernel) => {
      kernel.spawn("at", Effect.sleep(10).pipe(Effect.andThen(record("woke", null))))
      kernel.spawn("after", Effect.sleep(Duration.micros(10_001n)).pipe(Effect.andThen(record("woke", null))))
    }, 10_000)
    expect(story).toEqual(["10 at woke"])
  })

  test("an agent added during the run starts at that instant", async () => {
    const story = await storyOf((kernel) => {
      const child = record("started", null)
      kernel.spawn(
        "mother",
        Effect.sleep(4).pipe(Effect.andThen(Effect.sync(() => kernel.spawn("child", child)))),
      )
    })
    expect(story).toEqual(["4 child started"])
  })
})
