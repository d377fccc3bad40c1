import { Deferred, Effect, Fiber } from "effect"
import { describe, expect, test } from "vitest"
import { record } from "../../sim/kernel/ambient.ts"
import { FibersLeftBehind, KernelMisuse } from "../../sim/kernel/errors.ts"
import { createKernel } from "../../sim/kernel/createKernel.ts"
import type { Kernel } from "../../sim/kernel/kernel.ts"

const HORIZON = 1_000_000

const kernelOf = (spawn: (kernel: Kernel) => void): Kernel => {
  const kernel = createKernel({ seed: "end", horizonMicros: HORIZON })
  spawn(kernel)
  return kernel
}

const kinds = (kernel: Kernel): string[] =>
  kernel.trace.events
    .filter((event) => event.source !== "kernel")
    .map((event) => `${event.source} ${event.kind}`)

describe("the end of a run", () => {
  test("interrupts every fiber, whatever it waits for, and leaves none behind", async () => {
    let ended = 0
    let begun = 0
    const counted = <A>(program: Effect.Effect<A>): Effect.Effect<A> =>
      Effect.suspend(() => {
        begun++
        return Effect.onExit(program, () => Effect.sync(() => ended++))
      })
    const kernel = kernelOf((kernel) => {
      const never = Deferred.makeUnsafe<void>()
      for (let index = 0; index < 50; index++) {
        kernel.spawn(
          `agent ${index}`,
          counted(
            Effect.gen(function* () {
              yield* Effect.forkChild(counted(Effect.forever(Effect.sleep(100 + index))))
              yield* Effect.forkScoped(counted(Deferred.await(never)))
              yield* Effect.forkDetach(counted(Effect.never))
              yield* counted(index % 2 === 0 ? Effect.never : Effect.sleep("1 day"))
            }).pipe(Effect.scoped),
          ),
        )
      }
    })
    const summary = await kernel.run()
    expect(begun).toBe(250)
    expect(ended).toBe(250)
    expect(summary).toMatchObject({ agents: 50, finished: 0, endMicros: HORIZON })
  })

  test("runs finalisers in order of adding, at the horizon, also those that sleep", async () => {
    const kernel = kernelOf((kernel) => {
      for (const name of ["a", "b"]) {
        const tidyUp = record("tidying", null).pipe(
          Effect.andThen(Effect.sleep("2 hours")),
          Effect.andThen(record("tidy", null)),
        )
        kernel.spawn(name, Effect.addFinalizer(() => tidyUp).pipe(Effect.andThen(Effect.never)))
      }
    })
    const { endMicros } = await kernel.run()
    expect(kinds(kernel)).toEqual(["a tidying", "b tidying", "a tidy", "b tidy"])
    expect(kernel.trace.events.every((event) => event.time === HORIZON)).toBe(true)
    expect(endMicros).toBe(HORIZON)
  })

  test("an agent's scope closes when the agent ends, not later", async () => {
    const kernel = kernelOf((kernel) => {
      kernel.spawn(
        "brief",
        Effect.addFinalizer(() => record("closed", null)).pipe(Effect.andThen(Effect.sleep(5))),
      )
    })
    expect(await kernel.run()).toMatchObject({ finished: 1 })
    expect(kernel.trace.events[0]).toMatchObject({ time: 5000, kind: "closed" })
  })

  test("names the agents that wait for something that never comes, and not those that sleep", async () => {
    const kernel = kernelOf((kernel) => {
      kernel.spawn("deaf", Effect.never)
      kernel.spawn("asleep", Effect.sleep("1 day"))
      kernel.spawn("done", Effect.void)
      kernel.spawn("waits with a timeout", Effect.never.pipe(Effect.timeout("1 day")))
      kernel.spawn("joins the deaf", Effect.forkChild(Effect.never).pipe(Effect.flatMap(Fiber.join)))
    })
    expect(await kernel.run()).toMatchObject({ stuck: ["deaf", "joins the deaf"], finished: 1 })
  })

  test("refuses to pass over a finaliser that waits for ever, and names its agent", async () => {
    const kernel = kernelOf((kernel) => {
      kernel.spawn("good", Effect.never)
      kernel.spawn("clings", Effect.never.pipe(Effect.onInterrupt(() => Effect.never)))
    })
    const error: unknown = await kernel.run().catch((error: unknown) => error)
    expect(error).toBeInstanceOf(FibersLeftBehind)
    expect(error).toMatchObject({ agents: ["clings"], fibers: 1 })
  })

  test("refuses to pass over an uninterruptible loop", async () => {
    const kernel = kernelOf((kernel) => {
      kernel.spawn("stubborn", Effect.uninterruptible(Effect.forever(Effect.sleep(10))))
    })
    await expect(kernel.run()).rejects.toMatchObject({ _tag: "FibersLeftBehind", agents: ["stubborn"] })
  })

  test("a finaliser that fails ends the run with its agent's name, and others' finalisers still run", async () => {
    const kernel = kernelOf((kernel) => {
      kernel.spawn(
        "clumsy",
        Effect.addFinalizer(() => Effect.die("dropped it")).pipe(Effect.andThen(Effect.never)),
      )
      kernel.spawn(
        "tidy",
        Effect.addFinalizer(() => record("tidied", null)).pipe(Effect.andThen(Effect.never)),
      )
    })
    await expect(kernel.run()).rejects.toMatchObject({ _tag: "AgentFailed", agent: "clumsy" })
    expect(kinds(kernel)).toEqual(["tidy tidied"])
  })

  test("a kernel runs once, takes each name once, and takes no agent after the end", async () => {
    const kernel = kernelOf((kernel) => {
      kernel.spawn("a", Effect.void)
    })
    expect(() => {
      kernel.spawn("a", Effect.void)
    }).toThrow("two agents are called a")
    expect(() => {
      kernel.spawn("b", Effect.void, { priority: 128 })
    }).toThrow("priority of b must be a whole number from -128 to 127, got 128")
    await kernel.run()
    await expect(kernel.run()).rejects.toBeInstanceOf(KernelMisuse)
    expect(() => {
      kernel.spawn("late", Effect.void)
    }).toThrow("the run is over")
    expect(() => createKernel({ seed: "1", horizonMicros: 1.5 })).toThrow(KernelMisuse)
  })
})
