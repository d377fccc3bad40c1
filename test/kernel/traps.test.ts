import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { AgentFailed, HostCallTrapped } from "../../sim/kernel/errors.ts"
import { foreign } from "../../sim/kernel/foreign.ts"
import { createKernel } from "../../sim/kernel/createKernel.ts"

const run = async (program: Effect.Effect<unknown, unknown>): Promise<unknown> => {
  const kernel = createKernel({ seed: "1", horizonMicros: 1_000_000 })
  kernel.spawn("innocent", Effect.forever(Effect.sleep(7)))
  kernel.spawn("culprit", Effect.sleep(10).pipe(Effect.andThen(program)))
  return kernel.run().catch((error: unknown) => error)
}

const CALLS: readonly (readonly [call: string, perform: () => unknown, replacement: string])[] = [
  ["Math.random()", () => Math.random(), "Random"],
  ["Date.now()", () => Date.now(), "Clock"],
  ["new Date()", () => new Date(), "Clock"],
  ["Date()", () => Date(), "Clock"],
  ["performance.now()", () => performance.now(), "Clock"],
  ["process.hrtime()", () => process.hrtime(), "Clock"],
  ["process.hrtime.bigint()", () => process.hrtime.bigint(), "Clock"],
  ["crypto.getRandomValues()", () => crypto.getRandomValues(new Uint8Array(4)), "Random"],
  ["crypto.randomUUID()", () => crypto.randomUUID(), "Random"],
  ["setTimeout()", () => setTimeout(() => {}, 0), "Effect.sleep"],
  ["setInterval()", () => setInterval(() => {}, 1), "Effect.sleep"],
  ["setImmediate()", () => setImmediate(() => {}), "Effect.yieldNow"],
  ["process.env", () => process.env["HOME"], "option of the scenario"],
]

describe("inside an agent", () => {
  test.each(CALLS)(
    "%s is trapped; the error names call, agent and replacement",
    async (call, perform, replacement) => {
      const error = await run(Effect.sync(perform))
      expect(error).toBeInstanceOf(AgentFailed)
      expect(error).toMatchObject({ agent: "culprit", timeMicros: 10_000 })
      expect((error as AgentFailed).reason).toContain(
        `agent culprit called ${call}, which differs from run to run`,
      )
      expect((error as AgentFailed).reason).toContain(replacement)
    },
  )

  test("Effect without a kernel's clock is trapped as well: a nested runSync reads the host's", async () => {
    const nested = Effect.sync(() => Effect.runSync(Effect.clockWith((clock) => clock.currentTimeMillis)))
    expect(((await run(nested)) as AgentFailed).reason).toContain("Date.now()")
  })

  test("dates that are given a time, spans, logs and printing go through", async () => {
    const harmless = Effect.gen(function* () {
      const date = new Date(86_400_000)
      expect(date instanceof Date && date.toISOString()).toBe("1970-01-02T00:00:00.000Z")
      expect(Date.UTC(1970, 0, 2)).toBe(86_400_000)
      expect(new (class extends Date {})(5).getTime()).toBe(5)
      yield* Effect.log("a log", { with: "data" })
      yield* Effect.void.pipe(Effect.withSpan("a span"))
      yield* Effect.fn("named")(function* () {
        yield* Effect.sleep(1)
      })()
    })
    expect(await run(harmless)).toMatchObject({ finished: 1 })
  })

  test("a trapped call is trapped even where the agent catches everything", async () => {
    let caught: unknown
    const careful = Effect.sync(() => Math.random()).pipe(
      Effect.catchDefect((defect) => Effect.sync(() => (caught = defect))),
    )
    await run(careful)
    expect(caught).toBeInstanceOf(HostCallTrapped)
  })
})

describe("outside of agents, in the same process", () => {
  test("host promises of a run may use everything", async () => {
    const host = foreign("host", async () => {
      for (const [, perform] of CALLS.filter(([call]) => !call.startsWith("setInterval"))) perform()
      await new Promise((resolve) => setTimeout(resolve, 1))
      return Date.now() > 0
    })
    expect(await run(host)).toMatchObject({ finished: 1 })
  })

  test("the host's functions are the original ones before and after a run", async () => {
    const before = [
      Math.random,
      Date,
      setTimeout,
      performance.now,
      Object.getOwnPropertyDescriptor(process, "env"),
    ]
    await run(Effect.void)
    await run(Effect.sync(() => Math.random()))
    const after = [
      Math.random,
      Date,
      setTimeout,
      performance.now,
      Object.getOwnPropertyDescriptor(process, "env"),
    ]
    expect(after).toEqual(before)
    expect(after[0]).toBe(before[0])
    expect(after[1]).toBe(before[1])
  })
})
