import { Deferred, Effect, Fiber, Queue, Schema } from "effect"
import { describe, expect, test } from "vitest"
import { AgentFailed, AgentLivelock } from "../../sim/kernel/errors.ts"
import { createKernel } from "../../sim/kernel/createKernel.ts"
import type { Kernel, KernelOptions } from "../../sim/kernel/kernel.ts"

class Bankrupt extends Schema.TaggedError<Bankrupt>()("Bankrupt", { debt: Schema.Number }) {}

/** Runs beside honest neighbours; gives what the run rejects with. */
const failureOf = async (
  program: Effect.Effect<unknown, unknown> | ((kernel: Kernel) => void),
  options: Partial<KernelOptions> = {},
): Promise<unknown> => {
  const kernel = createKernel({ seed: "failures", horizonMicros: 10_000_000, ...options })
  kernel.spawn("honest", Effect.forever(Effect.sleep(30)))
  if (typeof program === "function") program(kernel)
  else kernel.spawn("culprit", program)
  return kernel.run().then(
    () => "no failure",
    (error: unknown) => error,
  )
}

const at2Seconds = (program: Effect.Effect<unknown, unknown>): Effect.Effect<unknown, unknown> =>
  Effect.sleep("2 seconds").pipe(Effect.andThen(program))

describe("an agent that fails ends the run with its name and the virtual time", () => {
  test.each([
    ["fails with a typed error", Effect.suspend(() => new Bankrupt({ debt: 7 })), "Bankrupt"],
    ["throws", Effect.sync(() => JSON.parse("nonsense") as unknown), "SyntaxError"],
    ["dies", Effect.die("of shame"), "of shame"],
    ["interrupts itself", Effect.interrupt, "interrupt"],
    [
      "throws in a forked child that nobody joins",
      Effect.forkChild(Effect.die("child")).pipe(Effect.andThen(Effect.never)),
      "child",
    ],
    [
      "interrupts itself in a forked child that nobody joins",
      Effect.forkChild(Effect.interrupt).pipe(Effect.andThen(Effect.never)),
      "interrupt",
    ],
    ["throws in a detached fiber", Effect.forkDetach(Effect.die("detached")), "detached"],
  ])("when it %s", async (_, program, reason) => {
    const error = await failureOf(at2Seconds(program))
    expect(error).toBeInstanceOf(AgentFailed)
    expect(error).toMatchObject({ agent: "culprit", timeMicros: 2_000_000 })
    expect((error as AgentFailed).message).toContain("agent culprit failed at 2 s of virtual time")
    expect((error as AgentFailed).reason).toContain(reason)
  })

  test("a typed failure that the agent handles is its own business", async () => {
    const handled = Effect.fail("no").pipe(Effect.catch(() => Effect.void))
    const joined = Effect.forkChild(Effect.fail("no")).pipe(
      Effect.flatMap((fiber) => Effect.exit(Fiber.join(fiber))),
    )
    expect(await failureOf(handled.pipe(Effect.andThen(joined)))).toBe("no failure")
  })

  test("an interruption by another fiber is no failure", async () => {
    const timedOut = Effect.timeoutOption(Effect.never, 1)
    const raced = Effect.race(Effect.sleep(1), Effect.never)
    const interrupted = Effect.forkChild(Effect.never).pipe(Effect.flatMap(Fiber.interrupt))
    expect(await failureOf(Effect.all([timedOut, raced, interrupted]))).toBe("no failure")
  })

  test("the summary counts typed failures of forked fibers, which nobody may have noticed", async () => {
    const kernel = createKernel({ seed: "1", horizonMicros: 10 })
    kernel.spawn("quiet", Effect.forkChild(Effect.fail("unseen")).pipe(Effect.andThen(Effect.never)))
    expect(await kernel.run()).toMatchObject({ forkedFailures: 1 })
  })
})

describe("an agent that never lets time pass ends the run with its name and the virtual time", () => {
  const limits = { maxOperationsPerResume: 20_000, maxResumesPerInstant: 20_000 }
  const spin = Effect.whileLoop({
    while: () => true,
    body: () => Effect.suspend(() => Effect.void),
    step: () => {},
  })

  test("when one resume never ends", async () => {
    const error = await failureOf(at2Seconds(spin), limits)
    expect(error).toBeInstanceOf(AgentLivelock)
    expect(error).toMatchObject({
      agent: "culprit",
      timeMicros: 2_000_000,
      measure: "operations",
      limit: 20_000,
    })
  })

  test("even if it catches everything", async () => {
    const stubborn = Effect.forever(Effect.catchCause(spin, () => Effect.void))
    expect(await failureOf(at2Seconds(stubborn), limits)).toMatchObject({
      _tag: "AgentLivelock",
      agent: "culprit",
    })
  })

  test("even if it cannot be interrupted", async () => {
    const error = await failureOf(at2Seconds(Effect.uninterruptible(spin)), limits)
    expect(error).toMatchObject({ _tag: "AgentLivelock", agent: "culprit" })
  })

  test.each([
    ["yields for ever", Effect.forever(Effect.yieldNow)],
    ["sleeps for no time, for ever", Effect.forever(Effect.sleep(0))],
  ])("when it %s", async (_, program) => {
    const error = await failureOf(at2Seconds(program), limits)
    expect(error).toMatchObject({
      _tag: "AgentLivelock",
      agent: "culprit",
      timeMicros: 2_000_000,
      measure: "resumes",
    })
  })

  test("when two agents toss a ball without time passing, one of them is named", async () => {
    const error = await failureOf((kernel) => {
      const [ping, pong] = [kernel.assemble(Queue.unbounded<1>()), kernel.assemble(Queue.unbounded<1>())]
      kernel.spawn("ping", Effect.forever(Queue.offer(pong, 1).pipe(Effect.andThen(Queue.take(ping)))))
      kernel.spawn("pong", Effect.forever(Queue.take(pong).pipe(Effect.andThen(Queue.offer(ping, 1)))))
    }, limits)
    expect(error).toMatchObject({ _tag: "AgentLivelock", measure: "resumes" })
    expect(["ping", "pong"]).toContain((error as AgentLivelock).agent)
  })

  test("a long but finite computation below the limit is allowed", async () => {
    let rounds = 0
    const work = Effect.whileLoop({
      while: () => rounds < 5000,
      body: () => Effect.suspend(() => Effect.void),
      step: () => rounds++,
    })
    expect(await failureOf(work, limits)).toBe("no failure")
  })
})

describe("an agent that the host resumes behind the kernel's back ends the run with its name", () => {
  test("when it awaits a host promise without foreign", async () => {
    const error = await failureOf(at2Seconds(Effect.promise(() => Promise.resolve(1))))
    expect(error).toMatchObject({ _tag: "ResumedOutsideKernel", agent: "culprit" })
    expect((error as Error).message).toContain("foreign(label, promise)")
  })

  test("when its queue was made outside of the kernel", async () => {
    const queue = await Effect.runPromise(Queue.unbounded<number>())
    const error = await failureOf((kernel) => {
      kernel.spawn("taker", Queue.take(queue))
      kernel.spawn("giver", at2Seconds(Queue.offer(queue, 1)))
    })
    expect(error).toMatchObject({ _tag: "ResumedOutsideKernel", agent: "taker" })
  })

  test("but a deferred may come from anywhere, for it wakes at once", async () => {
    const deferred = Deferred.makeUnsafe<void>()
    expect(
      await failureOf((kernel) => {
        kernel.spawn("waiter", Deferred.await(deferred))
        kernel.spawn("giver", at2Seconds(Deferred.succeed(deferred, undefined)))
      }),
    ).toBe("no failure")
  })
})

describe("assembling shared things in the kernel", () => {
  test("gives the result, throws the failure, and refuses to wait", () => {
    const kernel = createKernel({ seed: "1", horizonMicros: 1 })
    expect(kernel.assemble(Effect.succeed(5))).toBe(5)
    expect(() => kernel.assemble(Effect.suspend(() => new Bankrupt({ debt: 1 })))).toThrow(Bankrupt)
    expect(() => kernel.assemble(Effect.sleep(1))).toThrow("may not wait")
  })

  test("works inside an agent too", async () => {
    const kernel = createKernel({ seed: "1", horizonMicros: 1 })
    let made: unknown
    kernel.spawn(
      "founder",
      Effect.sync(() => {
        made = kernel.assemble(Effect.succeed("made"))
      }).pipe(Effect.andThen(Effect.yieldNow)),
    )
    expect(await kernel.run()).toMatchObject({ finished: 1 })
    expect(made).toBe("made")
  })
})
