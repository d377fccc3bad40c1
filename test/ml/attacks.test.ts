import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { alie, alieDeviations } from "../../ml/poisoning/alie.ts"
import { attackSpecOf } from "../../ml/poisoning/attackSpec.ts"
import { backdoor, triggeredTest, untriggeredTest } from "../../ml/poisoning/backdoor.ts"
import { createAttack } from "../../ml/poisoning/createAttack.ts"
import { copiedUpdate, unchangedModel } from "../../ml/poisoning/freeRider.ts"
import { minMax } from "../../ml/poisoning/minMax.ts"
import { overfit } from "../../ml/poisoning/overfit.ts"
import type { Dataset } from "../../ml/datasets/dataset.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import { syntheticDataset } from "./syntheticDataset.ts"

const flat = syntheticDataset({ seed: "attacks", inputs: 36, classes: 4, train: 60, test: 40 })
const square: Dataset = { ...flat, inputShape: [6, 6] }
const own = { dataset: square, indices: Uint32Array.of(3, 5, 7, 11, 13, 17, 19, 23) }

describe("ALIE", () => {
  test("hides behind as many honest clients as the paper's formula says", () => {
    // Φ⁻¹(24/26) for 50 clients and 24 attackers, Φ⁻¹(9/16) for 20 and 4.
    expect(alieDeviations({ clients: 50, attackers: 24 })).toBeCloseTo(1.4261, 3)
    expect(alieDeviations({ clients: 20, attackers: 4 })).toBeCloseTo(0.1573, 4)
    expect(alieDeviations({ clients: 20, attackers: 1 })).toBe(0)
    expect(alieDeviations({ clients: 4, attackers: 4 })).toBe(0)
  })

  test("can go further out the more attackers there are, and never infinitely far", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 200 }), (clients) => {
        const far = Array.from({ length: clients - 1 }, (_, m) => alieDeviations({ clients, attackers: m }))
        const minority = far.slice(0, Math.ceil(clients / 2))
        expect(minority).toEqual(minority.toSorted((a, b) => a - b))
        for (const z of far) expect(z >= 0 && z < 4).toBe(true)
      }),
    )
  })

  test("is mean − z · standard deviation of each weight", () => {
    const updates = [Float32Array.of(1, 5), Float32Array.of(3, 5)]
    expect([...alie(updates, 0)]).toEqual([2, 5])
    expect([...alie(updates, 2)]).toEqual([0, 5])
  })
})

describe("min-max", () => {
  const distance = (a: Float32Array, b: Float32Array) => Math.hypot(...a.map((value, i) => value - b[i]!))
  const vectors = fc.array(
    fc
      .array(fc.integer({ min: -100, max: 100 }), { minLength: 3, maxLength: 3 })
      .map((v) => Float32Array.from(v)),
    { minLength: 2, maxLength: 6 },
  )

  test("is as far from the others as they are from each other, and hardly any further out is not", () => {
    fc.assert(
      fc.property(vectors, (updates) => {
        const widest = Math.max(...updates.flatMap((a) => updates.map((b) => distance(a, b))))
        const farthest = (strength: number) =>
          Math.max(...updates.map((update) => distance(update, minMax(updates, strength))))
        expect(farthest(1)).toBeLessThanOrEqual(widest * (1 + 1e-4))
        if (widest > 0) expect(farthest(1.01)).toBeGreaterThan(widest * (1 - 1e-4))
      }),
    )
  })

  test("has no room where all honest updates are the same", () => {
    expect([...minMax([Float32Array.of(1, 2), Float32Array.of(1, 2)], 1)]).toEqual([1, 2])
  })
})

describe("a backdoor", () => {
  const options = { target: 2, patchPixels: 2, shareBps: 10_000, seed: "1" }
  const corner = [4 * 6 + 4, 4 * 6 + 5, 5 * 6 + 4, 5 * 6 + 5]

  test("marks the corner of the chosen examples and calls them the target, and touches nothing else", () => {
    const { dataset, indices } = backdoor(own, options)
    expect(Array.from(indices)).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    expect([...dataset.train.labels]).toEqual(Array.from({ length: 8 }, () => 2))
    own.indices.forEach((source, i) => {
      for (let place = 0; place < 36; place++) {
        const before = square.train.inputs[source * 36 + place]
        expect(dataset.train.inputs[i * 36 + place]).toBe(corner.includes(place) ? 255 : before)
      }
    })
    expect(dataset.test).toBe(square.test)
  })

  test("poisons about the share it is told, under a hash of its own", () => {
    const all = { dataset: square, indices: Uint32Array.from({ length: 60 }, (_, i) => i) }
    const some = backdoor(all, { ...options, shareBps: 3_000 })
    const marked = [...all.indices].filter((i) => some.dataset.train.inputs[i * 36 + 35] === 255).length
    expect(marked).toBeGreaterThan(8)
    expect(marked).toBeLessThan(30)
    expect(backdoor(all, { ...options, shareBps: 0 }).dataset.train.labels).toEqual(square.train.labels)
    const hashes = [some, backdoor(own, options), backdoor(all, options)].map(({ dataset }) => dataset.hash)
    expect(new Set([...hashes, square.hash]).size).toBe(4)
  })

  test("is measured on triggered held-out examples of all other classes", () => {
    const { test: triggered } = triggeredTest(square, { target: 2, patchPixels: 2 })
    const others = [...square.test.labels].filter((label) => label !== 2).length
    expect(triggered.size).toBe(others)
    expect([...new Set(triggered.labels)]).toEqual([2])
    for (let i = 0; i < others; i++)
      for (const place of corner) expect(triggered.inputs[i * 36 + place]).toBe(255)
    expect(triggeredTest(square, { target: 2, patchPixels: 2 }, [0, 1, 2]).test.size).toBe(
      [...square.test.labels].slice(0, 3).filter((label) => label !== 2).length,
    )
  })

  test("is held against the same examples with the same labels, as they are", () => {
    const trigger = { target: 2, patchPixels: 2 }
    const { test: base, hash } = untriggeredTest(square, trigger)
    const { test: triggered, hash: other } = triggeredTest(square, trigger)
    expect(base.labels).toEqual(triggered.labels)
    expect(hash).not.toBe(other)
    const sources = [...square.test.labels].flatMap((label, i) => (label === 2 ? [] : [i]))
    const inputs = sources.flatMap((i) => [...square.test.inputs.subarray(i * 36, (i + 1) * 36)])
    expect([...base.inputs]).toEqual(inputs)
    expect(triggered.inputs.every((value, i) => value === inputs[i] || value === 255)).toBe(true)
  })

  test("marks the end of examples that are no images", () => {
    const { dataset } = backdoor({ ...own, dataset: flat }, options)
    expect([...dataset.train.inputs.subarray(32, 36)]).toEqual([255, 255, 255, 255])
    expect(dataset.train.inputs[31]).toBe(flat.train.inputs[own.indices[0]! * 36 + 31])
  })

  test("asks for a class that there is", () => {
    expect(() => backdoor(own, { ...options, target: 4 })).toThrow("classes 0 to 3")
    expect(() => triggeredTest(square, { target: -1, patchPixels: 1 })).toThrow(RangeError)
    expect(() => untriggeredTest(square, { target: -1, patchPixels: 1 })).toThrow(RangeError)
  })
})

describe("free riders", () => {
  const stream = deriveStream("1", "freeRider")
  test("hand in nothing new, or a noisy copy of what somebody else handed in", () => {
    expect([...unchangedModel(3)]).toEqual([0, 0, 0])
    const lastUpdates = [Float32Array.of(1, 2), Float32Array.of(3, 4)]
    const copy = copiedUpdate(2, { lastUpdates, relativeDeviation: 0, stream })
    expect(lastUpdates).toContainEqual(copy)
    expect(lastUpdates).not.toContainEqual(copiedUpdate(2, { lastUpdates, relativeDeviation: 0.1, stream }))
    expect([...copiedUpdate(2, { lastUpdates: [], relativeDeviation: 1, stream })]).toEqual([0, 0])
  })
})

test("overfitting repeats the leaked examples", () => {
  const leaked = { dataset: square, split: "test", indices: [4, 9] } as const
  expect(overfit(leaked, 3)).toEqual({
    dataset: square,
    split: "test",
    indices: Uint32Array.of(4, 9, 4, 9, 4, 9),
  })
})

describe("attacks by name", () => {
  test("fill in their defaults and refuse what is out of range", () => {
    expect(attackSpecOf({ attack: "signFlip" })).toEqual({ attack: "signFlip", strength: 4 })
    expect(() => attackSpecOf({ attack: "backdoor", boost: 0 })).toThrow("a number from 1 to 1000")
  })

  test("train on their own shard, on something else, or not at all", () => {
    const means = { dataset: square, seed: "1", leaked: { dataset: square, indices: [0] } }
    const data = (attack: Parameters<typeof attackSpecOf>[0]) =>
      createAttack(attackSpecOf(attack), means).trainsOn?.(own)
    expect(data({ attack: "scaled" })).toBe(own)
    expect(data({ attack: "alie" })).toBe(own)
    expect(data({ attack: "garbage" })).toBeUndefined()
    expect(data({ attack: "freeRider" })).toBeUndefined()
    expect(data({ attack: "labelFlip" })?.dataset.name).toBe("synthetic/label-flip")
    expect(data({ attack: "backdoor" })?.dataset.name).toBe("synthetic/backdoor")
    expect(data({ attack: "overfit" })?.indices).toHaveLength(1)
  })
})
