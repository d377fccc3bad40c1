import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import { ReadyQueue } from "../../sim/kernel/readyQueue.ts"
import { TimerHeap } from "../../sim/kernel/timerHeap.ts"

class Entry {
  cancelled = false
  drops = 0
  readonly key: readonly [time: number, priority: number, sequence: number]
  constructor(...key: readonly [time: number, priority: number, sequence: number]) {
    this.key = key
  }
  dropped(): void {
    this.drops++
  }
}

const byKey = (a: Entry, b: Entry): number =>
  a.key[0] - b.key[0] || a.key[1] - b.key[1] || a.key[2] - b.key[2]

const action = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      push: fc.integer({ min: 0, max: 9 }),
      priority: fc.integer({ min: -128, max: 127 }),
    }),
  },
  { weight: 2, arbitrary: fc.constant("pop" as const) },
  { weight: 2, arbitrary: fc.record({ cancel: fc.nat() }) },
)

describe("the timer heap", () => {
  test("gives what a sorted list gives, whatever is added, taken and cancelled", () => {
    fc.assert(
      fc.property(fc.array(action, { maxLength: 200 }), (actions) => {
        const heap = new TimerHeap<Entry>()
        let model: Entry[] = []
        const popped: unknown[] = []
        const expected: unknown[] = []
        actions.forEach((step, sequence) => {
          if (step === "pop") {
            const first = model.sort(byKey).shift()
            const time = heap.nextTime()
            popped.push(time, time === Infinity ? undefined : heap.pop())
            expected.push(first?.key[0] ?? Infinity, first)
          } else if ("push" in step) {
            const entry = new Entry(step.push, step.priority, sequence)
            heap.push(...entry.key, entry)
            model.push(entry)
          } else if (model.length > 0) {
            const entry = model[step.cancel % model.length] as Entry
            heap.cancel(entry)
            heap.cancel(entry)
            model = model.filter((other) => other !== entry)
          }
          expect(heap.live).toBe(model.length)
          expect(new Set(heap.liveTimers())).toEqual(new Set(model))
        })
        expect(popped).toEqual(expected)
      }),
    )
  })

  test("sweeps cancelled timers out when they are the majority, tells each once, and keeps the order", () => {
    const heap = new TimerHeap<Entry>()
    const entries = Array.from({ length: 5000 }, (_, index) => new Entry((index * 7919) % 1000, 0, index))
    for (const entry of entries) heap.push(...entry.key, entry)
    const cancelled = entries.filter((_, index) => index % 10 !== 0)
    for (const entry of cancelled) heap.cancel(entry)
    expect(cancelled.filter((entry) => entry.drops === 1).length).toBeGreaterThan(2500)
    const popped: Entry[] = []
    while (heap.nextTime() !== Infinity) popped.push(heap.pop())
    expect(popped).toEqual(entries.filter((_, index) => index % 10 === 0).sort(byKey))
    expect(cancelled.every((entry) => entry.drops === 1)).toBe(true)
  })
})

const drain = (queue: ReadyQueue, priorities: readonly number[]): number[] => {
  const order: number[] = []
  priorities.forEach((priority, index) => {
    queue.push(() => order.push(index), priority)
  })
  for (let task = queue.shift(); task !== undefined; task = queue.shift()) task()
  return order
}

describe("the ready queue", () => {
  const tasks = fc.array(fc.integer({ min: -2, max: 2 }), { maxLength: 3000 })

  test("is first in, first out within a priority, smaller priority first", () => {
    fc.assert(
      fc.property(tasks, (priorities) => {
        const expected = priorities
          .map((priority, index) => ({ priority, index }))
          .sort((a, b) => a.priority - b.priority || a.index - b.index)
        expect(drain(new ReadyQueue(undefined), priorities)).toEqual(expected.map(({ index }) => index))
      }),
    )
  })

  test("under chaos, permutes within a priority, and loses and invents nothing", () => {
    fc.assert(
      fc.property(tasks, fc.string(), (priorities, seed) => {
        const order = drain(new ReadyQueue(deriveStream(seed, "chaos")), priorities)
        expect(order.map((index) => priorities[index])).toEqual([...priorities].sort((a, b) => a - b))
        expect(new Set(order).size).toBe(priorities.length)
      }),
    )
  })
})
