import { Effect, Fiber } from "effect"
import { describe, expect, test } from "vitest"
import { record } from "../../sim/kernel/ambient.ts"
import { ForeignFailed } from "../../sim/kernel/errors.ts"
import { foreign } from "../../sim/kernel/foreign.ts"
import type { Heartbeat } from "../../sim/kernel/heartbeat.ts"
import { createKernel } from "../../sim/kernel/createKernel.ts"

const realMillis = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis))

const HORIZON = 1_000_000

describe("a foreign call", () => {
  test("gives the promise's value with virtual time standing still", async () => {
    const kernel = createKernel({ seed: "1", horizonMicros: HORIZON })
    kernel.spawn("other", Effect.sleep(5).pipe(Effect.andThen(record("other", null))))
    kernel.spawn(
      "caller",
      Effect.gen(function* () {
        yield* Effect.sleep(4)
        yield* record(yield* foreign("slow", () => realMillis(20).then(() => "slow done")), null)
        yield* record(yield* foreign("plain", () => "plain done"), null)
      }),
    )
    const { foreignCalls } = await kernel.run()
    expect(kernel.trace.events.slice(0, 3).map(({ time, kind }) => [time, kind])).toEqual([
      [4000, "slow done"],
      [4000, "plain done"],
      [5000, "other"],
    ])
    expect(foreignCalls).toBe(2)
  })

  test("runs alone, in the order of asking, whatever settles first", async () => {
    const kernel = createKernel({ seed: "1", horizonMicros: HORIZON })
    const log: string[] = []
    for (const [name, millis] of [
      ["slow", 30],
      ["quick", 1],
      ["middling", 10],
    ] as const) {
      kernel.spawn(
        name,
        foreign(name, async () => {
          log.push(`${name} starts`)
          await realMillis(millis)
          log.push(`${name} ends`)
        }),
      )
    }
    await kernel.run()
    expect(log).toEqual([
      "slow starts",
      "slow ends",
      "quick starts",
      "quick ends",
      "middling starts",
      "middling ends",
    ])
  })

  test("that rejects is a defect which says what was called, and can be caught", async () => {
    const kernel = createKernel({ seed: "1", horizonMicros: HORIZON })
    const failing = foreign("evm", () => Promise.reject(new Error("out of gas")))
    const seen: unknown[] = []
    kernel.spawn(
      "careful",
      failing.pipe(Effect.catchDefect((defect) => Effect.sync(() => seen.push(defect)))),
    )
    await kernel.run()
    expect(seen[0]).toBeInstanceOf(ForeignFailed)
    expect((seen[0] as ForeignFailed).message).toBe("foreign call evm failed: Error: out of gas")
  })

  test("that nobody catches ends the run with the agent's name", async () => {
    const kernel = createKernel({ seed: "1", horizonMicros: HORIZON })
    kernel.spawn(
      "careless",
      foreign("evm", () => Promise.reject(new Error("out of gas"))),
    )
    await expect(kernel.run()).rejects.toMatchObject({ _tag: "AgentFailed", agent: "careless" })
  })

  test("is withdrawn by an interruption if it has not started", async () => {
    const kernel = createKernel({ seed: "1", horizonMicros: HORIZON })
    let started = false
    kernel.spawn(
      "fickle",
      Effect.gen(function* () {
        const call = yield* Effect.forkChild(
          foreign("never", () => (started = true)),
          { startImmediately: true },
        )
        yield* Fiber.interrupt(call)
      }),
    )
    expect(await kernel.run()).toMatchObject({ foreignCalls: 0, finished: 1 })
    expect(started).toBe(false)
  })

  test("is allowed in a finaliser", async () => {
    const kernel = createKernel({ seed: "1", horizonMicros: HORIZON })
    let flushed = false
    kernel.spawn(
      "tidy",
      Effect.never.pipe(Effect.onInterrupt(() => foreign("flush", async () => (flushed = true)))),
    )
    await kernel.run()
    expect(flushed).toBe(true)
  })

  test("outside of a kernel is simply awaited", async () => {
    expect(await Effect.runPromise(foreign("plain", () => realMillis(1).then(() => 5)))).toBe(5)
    await expect(
      Effect.runPromise(foreign("bad", () => Promise.reject(new Error("no")))),
    ).rejects.toBeInstanceOf(ForeignFailed)
    await expect(Effect.runPromise(record("ignored", null))).resolves.toBeUndefined()
  })
})

describe("the heartbeat", () => {
  test("tells who is resumed at what time, and marks foreign calls and rest", async () => {
    const beats: string[] = []
    const heartbeat: Heartbeat = {
      agentAdded: (index, name) => beats.push(`${index} is ${name}`),
      beforeResume: (index, time) => beats.push(`${index} at ${time}`),
      afterResume: () => beats.push("rest"),
      foreignStart: (label, agent) => beats.push(`${label} for ${agent}`),
      foreignEnd: () => beats.push("back"),
    }
    const kernel = createKernel({ seed: "1", horizonMicros: HORIZON, heartbeat })
    kernel.spawn("a", Effect.sleep(2).pipe(Effect.andThen(foreign("evm", () => 1))))
    kernel.spawn("b", Effect.sleep(1))
    await kernel.run()
    expect(beats.slice(0, 11)).toEqual([
      "0 is a",
      "1 is b",
      "0 at 0",
      "1 at 0",
      "1 at 1000",
      "0 at 2000",
      "rest",
      "evm for a",
      "back",
      "0 at 2000",
      "rest",
    ])
  })
})
