import { once } from "node:events"
import { Worker } from "node:worker_threads"
import { Effect } from "effect"
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { createKernel } from "../../sim/kernel/createKernel.ts"
import { createTrace, type TraceEvent } from "../../sim/kernel/trace.ts"
import { runCanary } from "./canaryProgram.ts"

/** What a worker thread of its own posts. */
const messageOfWorker = async (file: string): Promise<unknown> => {
  const worker = new Worker(new URL(file, import.meta.url))
  const [message] = (await once(worker, "message")) as [unknown]
  await worker.terminate()
  return message
}

/** A run in which nothing happens but draws of which nobody sees the results. */
const digestWithDraws = async (draws: number): Promise<string> => {
  const kernel = createKernel({ seed: "1", horizonMicros: 1 })
  const noise = kernel.stream("noise")
  for (let draw = 0; draw < draws; draw++) noise.next()
  return (await kernel.run()).digest
}

/** Two agents that wake at the same instant and record nothing. */
const digestOfSilent = async (firstPriority: number, secondPriority: number): Promise<string> => {
  const kernel = createKernel({ seed: "1", horizonMicros: 100_000 })
  kernel.spawn("first", Effect.sleep(10), { priority: firstPriority })
  kernel.spawn("second", Effect.sleep(10), { priority: secondPriority })
  return (await kernel.run()).digest
}

describe("the digest of a run", () => {
  test("is the same twice in one process, and with two runs at once", async () => {
    const first = await runCanary()
    expect(await runCanary()).toEqual(first)
    expect(await Promise.all([runCanary(), runCanary()])).toEqual([first, first])
  })

  test("is the same in worker threads, two at once", async () => {
    const { digest } = await runCanary()
    expect(
      await Promise.all([messageOfWorker("canaryWorker.ts"), messageOfWorker("canaryWorker.ts")]),
    ).toEqual([digest, digest])
  })

  test("is the same on a lean host, whose fibers capture nothing, and which leaves Node as it was", async () => {
    const { digest } = await runCanary()
    expect(await messageOfWorker("leanCanaryWorker.ts")).toEqual({ digest, captured: 0, hidden: false })
  })

  test.each([
    ["one changed byte of a log", { logText: "counting." }],
    ["one more draw of an agent, whose result nobody uses", { extraDraw: true }],
    ["one more draw of a source of noise", { extraNoiseDraw: true }],
    ["one changed sample of a metric", { metric: 31 }],
    ["a swap of events at the same time", { swapped: true }],
  ])("changes with %s", async (_, canary) => {
    expect((await runCanary(canary)).digest).not.toBe((await runCanary()).digest)
  })

  test("changes with the seed", async () => {
    expect((await runCanary({}, { seed: "other" })).digest).not.toBe((await runCanary()).digest)
  })

  test("changes with a lost draw that nothing records", async () => {
    expect(await digestWithDraws(2)).not.toBe(await digestWithDraws(3))
  })

  test("changes with the order of two silent agents at the same instant", async () => {
    expect(await digestOfSilent(0, 1)).toBe(await digestOfSilent(0, 1))
    expect(await digestOfSilent(0, 1)).not.toBe(await digestOfSilent(1, 0))
  })
})

describe("a chaos seed", () => {
  test("permutes what is simultaneous, and a sound program's outcome does not change", async () => {
    const plain = await runCanary()
    const chaotic = await Promise.all(["1", "2", "3"].map((chaosSeed) => runCanary({}, { chaosSeed })))
    expect(new Set([plain, ...chaotic].map(({ digest }) => digest)).size).toBe(4)
    expect(new Set([plain, ...chaotic].map(({ verdict }) => verdict))).toEqual(new Set([plain.verdict]))
  })

  test("gives the same run again for the same chaos seed", async () => {
    expect(await runCanary({}, { chaosSeed: "1" })).toEqual(await runCanary({}, { chaosSeed: "1" }))
  })

  test("exposes a program that depends on who comes first, and keeps priorities", async () => {
    const winners = new Set<string>()
    for (let seed = 0; seed < 20; seed++) {
      const order: string[] = []
      const kernel = createKernel({ seed: "1", horizonMicros: 100_000, chaosSeed: `${seed}` })
      const arrive = (name: string) =>
        Effect.sleep(10).pipe(Effect.andThen(Effect.sync(() => order.push(name))))
      for (const name of ["a", "b", "c"]) kernel.spawn(name, arrive(name))
      kernel.spawn("block", arrive("block"), { priority: -1 })
      await kernel.run()
      expect(order[0]).toBe("block")
      winners.add(order[1] as string)
    }
    expect(winners).toEqual(new Set(["a", "b", "c"]))
  })
})

const digestOf = (events: readonly TraceEvent[]): string => {
  const trace = createTrace()
  for (const event of events) trace.record(event)
  return trace.digest()
}

describe("a trace", () => {
  const eventArbitrary: fc.Arbitrary<TraceEvent> = fc.record({
    time: fc.nat(),
    source: fc.string(),
    kind: fc.string(),
    data: fc.jsonValue(),
  })
  test("has one digest for one sequence of events, whenever one asks", () => {
    fc.assert(
      fc.property(fc.array(eventArbitrary), (events) => {
        const trace = createTrace()
        for (const event of events) {
          trace.record(event)
          trace.digest()
        }
        expect(trace.digest()).toBe(digestOf(events))
      }),
    )
  })

  test("changes its digest with every event added or moved", () => {
    fc.assert(
      fc.property(fc.array(eventArbitrary), eventArbitrary, (events, event) => {
        expect(digestOf([...events, event])).not.toBe(digestOf(events))
      }),
    )
    const [a, b] = [1, 2].map((time) => ({ time, source: "s", kind: "k", data: null })) as [
      TraceEvent,
      TraceEvent,
    ]
    expect(digestOf([a, b])).not.toBe(digestOf([b, a]))
  })

  test("keeps as many events as it may, and gives all of them to its sink and its digest", () => {
    const lines: string[] = []
    const trace = createTrace({ eventLimit: 2, sink: (_, line) => lines.push(line) })
    for (let time = 0; time < 5; time++)
      trace.record({ time, source: "s", kind: "k", data: { b: 1n, a: time } })
    expect(trace.events).toHaveLength(2)
    expect(trace.length).toBe(5)
    expect(lines[4]).toBe('[4,"s","k",{"a":4,"b":"1"}]')
    expect(trace.digest()).toBe(
      digestOf([0, 1, 2, 3, 4].map((time) => ({ time, source: "s", kind: "k", data: { a: time, b: 1n } }))),
    )
  })

  test("refuses data without a canonical encoding, and then has not changed", () => {
    const trace = createTrace()
    expect(() => {
      trace.record({ time: 0, source: "s", kind: "k", data: Number.NaN })
    }).toThrow("$[3] is NaN")
    expect(trace.length).toBe(0)
    expect(trace.digest()).toBe(createTrace().digest())
  })
})
