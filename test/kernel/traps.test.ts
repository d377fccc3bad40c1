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
  ["queueMicrotask()", () => queueMicrotask(() => {}), "Effect.yieldNow"],
  ["process.nextTick()", () => process.nextTick(() => {}), "Effect.yieldNow"],
  ["Date()", () => (new Date(0).constructor as DateConstructor)(), "Clock"],
  ["new Date()", () => new (new Date(0).constructor as DateConstructor)(), "Clock"],
  ["performance.mark()", () => performance.mark("now"), "Clock"],
  ["new PerformanceMark()", () => Reflect.construct(PerformanceMark, ["now"]) as unknown, "Clock"],
  ["Event.prototype.timeStamp", () => new Event("now").timeStamp, "Clock"],
  ["File.prototype.lastModified", () => new File([], "now").lastModified, "Clock"],
  ["navigator.hardwareConcurrency", () => navigator.hardwareConcurrency, "option of the scenario"],
  ["process.report.getReport()", () => process.report.getReport(), "option of the scenario"],
  ["Buffer.allocUnsafe()", () => Buffer.allocUnsafe(8), "a Uint8Array"],
  ["process.env", () => process.env["HOME"], "option of the scenario"],
  ["process.pid", () => process.pid, "agent.name"],
  ["process.uptime()", () => process.uptime(), "Clock"],
  ["process.memoryUsage()", () => process.memoryUsage(), "option of the scenario"],
  ["process.cpuUsage()", () => process.cpuUsage(), "virtual time"],
  ["process.resourceUsage()", () => process.resourceUsage(), "virtual time"],
  ["process.cwd()", () => process.cwd(), "option of the scenario"],
  ["process.getBuiltinModule()", () => process.getBuiltinModule("node:fs"), "an import"],
  ["performance.timeOrigin", () => performance.timeOrigin, "Clock"],
  ["new Intl.DateTimeFormat()", () => new Intl.DateTimeFormat().format(), "UTC"],
  ["Intl.NumberFormat()", () => Intl.NumberFormat(), "toFixed"],
  ["new Intl.Collator()", () => new Intl.Collator(), "code units"],
  ["new Intl.PluralRules()", () => new Intl.PluralRules("en"), "toFixed"],
  ["new Date(year, month)", () => new Date(2020, 1), "Date.UTC"],
  ["Date.prototype.toLocaleDateString()", () => new Date(0).toLocaleDateString(), "UTC"],
  ["Date.prototype.toString()", () => String(new Date(0)), "toISOString"],
  ["Date.prototype.getTimezoneOffset()", () => new Date(0).getTimezoneOffset(), "UTC"],
  ["Number.prototype.toLocaleString()", () => (1000).toLocaleString(), "toFixed"],
  ["String.prototype.localeCompare()", () => "a".localeCompare("ä"), "code units"],
]

/** These do something to the process; what is trapped has not done it. */
const DRASTIC: typeof CALLS = [
  ["process.exit()", () => process.exit(), "Effect.die"],
  ["process.abort()", () => process.abort(), "Effect.die"],
  ["process.kill()", () => process.kill(0, 0), "Effect.die"],
  ["process.reallyExit()", () => (Reflect.get(process, "reallyExit") as () => void)(), "Effect.die"],
  ["process.chdir()", () => process.chdir("/"), "option of the scenario"],
  ["process.on()", () => process.on("exit", () => {}), "Effect.addFinalizer"],
  ["process.binding()", () => (Reflect.get(process, "binding") as (name: string) => void)("fs"), "an import"],
]

describe("inside an agent", () => {
  test.each([...CALLS, ...DRASTIC])(
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

  test("a trapped call ends the run even where the agent catches everything", async () => {
    const caught: unknown[] = []
    const tried = Effect.sync(() => {
      try {
        Math.random()
      } catch (error) {
        caught.push(error)
      }
    })
    const defect = Effect.sync(() => Math.random()).pipe(
      Effect.catchDefect((error) => Effect.sync(() => caught.push(error))),
    )
    for (const careful of [tried, defect, Effect.forkChild(tried)]) {
      const error = await run(Effect.andThen(careful, Effect.sleep(1)))
      expect(error).toMatchObject({ _tag: "AgentFailed", agent: "culprit", timeMicros: 10_000 })
      expect((error as AgentFailed).reason).toContain("agent culprit called Math.random(), which differs")
    }
    expect(caught).toEqual([1, 2, 3].map(() => expect.any(HostCallTrapped)))
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
