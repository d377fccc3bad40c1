import * as fc from "fast-check"
import { beforeAll, describe, expect, test } from "vitest"
import { initialiseBackend } from "../../ml/backend.ts"
import { firstDifference, leadsTo } from "../../ml/checkpoints/audit.ts"
import { decodeCheckpoint, encodeCheckpoint } from "../../ml/checkpoints/checkpointDocument.ts"
import { dataHashOf, samplesOf, segmentsOf } from "../../ml/checkpoints/checkpointPlan.ts"
import { detectionByAny, detectionByMany, detectionByOne } from "../../ml/checkpoints/detection.ts"
import { driftedPoint, interpolatedPoint } from "../../ml/checkpoints/fabricate.ts"
import { trainSegment } from "../../ml/checkpoints/trainSegment.ts"
import { drawSample } from "../../ml/evaluation/sample.ts"
import { mlp } from "../../ml/models/mlp.ts"
import { initialWeights } from "../../ml/models/model.ts"
import { applyUpdate, updateBetween } from "../../ml/models/weightUpdate.ts"
import { createTrainingMemo } from "../../ml/memo/trainingMemo.ts"
import { DocumentMalformed } from "../../ml/store/documentMalformed.ts"
import { encodeWeights } from "../../ml/store/weightsDocument.ts"
import { batchOrder, stepCount } from "../../ml/training/batchOrder.ts"
import {
  train,
  TrainingRequestInvalid,
  type TrainingPoint,
  type TrainingRequest,
} from "../../ml/training/train.ts"
import { sha256Hex } from "../../sim/kernel/hash.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import { syntheticDataset } from "./syntheticDataset.ts"

beforeAll(async () => {
  await initialiseBackend()
})

const dataset = syntheticDataset({ seed: "checkpoints", inputs: 6, classes: 3, train: 60, test: 10 })
const model = mlp({ inputs: 6, hidden: [4], classes: 3 })
const base = initialWeights(model, deriveStream("checkpoints", "weights"))
const request: TrainingRequest = {
  model,
  weights: base,
  dataset,
  indices: Array.from({ length: 50 }, (_, i) => i),
  epochs: 2,
  batchSize: 8,
  learningRate: 0.1,
  momentum: 0.9,
  seed: "a",
}
const steps = stepCount(request)

/** What an honest solver leaves: a point at the end of every segment. */
const trailOf = (training: TrainingRequest, every: number): readonly TrainingPoint[] => {
  const trail: TrainingPoint[] = []
  for (const { until } of segmentsOf(training, { every })) {
    trail.push(trainSegment(training, { from: trail.at(-1), until }))
  }
  return trail
}

/** Trains a segment again and compares. */
const audit = (trail: readonly TrainingPoint[], every: number, index: number) => {
  const { until } = segmentsOf(request, { every })[index]!
  return firstDifference(trail[index]!, trainSegment(request, { from: trail[index - 1], until }))
}

describe("segments", () => {
  test("cover every step once, and all samples together cost what training costs", () => {
    const { samplesProcessed } = train(request)
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), (every) => {
        const segments = segmentsOf(request, { every })
        expect(segments.flatMap(({ from, until }) => [from, until])).toEqual([
          0,
          ...segments.slice(0, -1).flatMap(({ until }) => [until, until]),
          steps,
        ])
        expect(segments.slice(0, -1).every(({ from, until }) => until - from === every)).toBe(true)
        const samples = segments.map((segment) => samplesOf(request, segment))
        expect(samples.reduce((sum, count) => sum + count, 0)).toBe(samplesProcessed)
      }),
    )
  })

  test("trained one after the other give the bits of training in one go", () => {
    for (const every of [1, 3, 7, steps, 20]) {
      expect(trailOf(request, every).at(-1)?.weights).toEqual(train(request).weights)
    }
  })

  test("are told apart by the data they use", () => {
    const segments = segmentsOf(request, { every: 3 })
    const hashes = segments.map((segment) => dataHashOf(request, segment))
    expect(new Set(hashes).size).toBe(segments.length)
    expect(segments.map((segment) => dataHashOf({ ...request, seed: "b" }, segment))).not.toEqual(hashes)
    // The first batch of the first epoch, as little-endian words.
    const [first] = [...batchOrder(request)]
    const words = Buffer.alloc(4 * request.batchSize)
    first!.order.slice(0, request.batchSize).forEach((index, place) => words.writeUInt32LE(index, 4 * place))
    expect(dataHashOf(request, { from: 0, until: 1 })).toBe(`0x${sha256Hex(words)}`)
  })

  test("end where the training has a step, after they begin", () => {
    for (const until of [0, 0.5, steps + 1]) {
      expect(() => trainSegment(request, { from: undefined, until })).toThrow(TrainingRequestInvalid)
    }
  })

  test("come out of a memo with the same bits, as the caller's own", () => {
    const memo = createTrainingMemo()
    const fresh = trainSegment(request, { from: undefined, until: 3 })
    const first = memo.trainSegment(request, { from: undefined, until: 3 })
    first.weights[0] = 7
    first.velocity![0] = 7
    expect(memo.trainSegment(request, { from: undefined, until: 3 })).toEqual(fresh)
    const later = { from: fresh, until: 5 }
    const other = { from: { ...fresh, velocity: new Float32Array(base.length) }, until: 5 }
    expect(memo.trainSegment(request, later)).toEqual(trainSegment(request, later))
    expect(memo.trainSegment(request, other)).toEqual(trainSegment(request, other))
    expect(memo.trainSegment(request, other)).not.toEqual(memo.trainSegment(request, later))
  })
})

describe("an audit", () => {
  test("agrees with honest training in every segment", () => {
    const trail = trailOf(request, 4)
    expect(trail.map((_, index) => audit(trail, 4, index))).toEqual(trail.map(() => undefined))
  })

  test("finds a single bit that was changed, in weights or velocity, from both sides of it", () => {
    const honest = trailOf(request, 4)
    fc.assert(
      fc.property(
        fc.nat(honest.length - 2),
        fc.nat(base.length - 1),
        fc.nat(22),
        fc.constantFrom("weights" as const, "velocity" as const),
        (place, index, bit, of) => {
          const numbers = honest[place]![of]!.slice()
          new Uint32Array(numbers.buffer)[index]! ^= 1 << bit
          const trail = honest.with(place, { ...honest[place]!, [of]: numbers })
          expect(audit(trail, 4, place)).toEqual({
            of,
            index,
            claimed: numbers[index],
            recomputed: honest[place]![of]![index],
          })
        },
      ),
      { numRuns: 30 },
    )
  })

  test("finds every segment of an interpolated trail, and of one that drifts at first", () => {
    const last = trailOf(request, 4).at(-1)!
    const shape = { base, steps, hasVelocity: true }
    const drifting = deriveStream("1", "drift")
    const segments = segmentsOf(request, { every: 4 })
    const straight = segments.map(({ until }) =>
      interpolatedPoint({ ...shape, target: last.weights, step: until }),
    )
    expect(straight.map((_, index) => audit(straight, 4, index) === undefined)).toEqual(
      segments.map(() => false),
    )
    expect(straight.at(-1)!.weights).toEqual(last.weights)

    const lastPart: TrainingPoint[] = []
    for (const { index, until } of segments) {
      lastPart.push(
        index < 2
          ? driftedPoint({ ...shape, step: until, deviation: 1e-4, stream: drifting })
          : trainSegment(request, { from: lastPart.at(-1), until }),
      )
    }
    expect(lastPart.map((_, index) => audit(lastPart, 4, index) === undefined)).toEqual(
      segments.map(({ index }) => index >= 2),
    )
  })

  test("takes no notice of a velocity where there is no momentum, and finds that it was claimed", () => {
    const plain = { ...request, momentum: 0 }
    const [first] = trailOf(plain, 4)
    const claimed = { ...first!, velocity: new Float32Array(base.length).fill(9) }
    const from = trainSegment(plain, { from: claimed, until: 8 })
    expect(from).toEqual(trainSegment(plain, { from: first, until: 8 }))
    expect(firstDifference(claimed, first!)).toEqual({ of: "presence of velocity" })
  })

  test("notices a step or a velocity that does not belong", () => {
    const [first, second] = trailOf(request, 4)
    expect(firstDifference(first!, second!)).toEqual({ of: "step", claimed: 4, recomputed: 8 })
    expect(firstDifference({ ...first!, velocity: undefined }, first!)).toEqual({
      of: "presence of velocity",
    })
  })
})

describe("an update and the last checkpoint", () => {
  let last: Float32Array
  beforeAll(() => {
    last = train(request).weights
  })

  test("belong together whichever of the two was made from the other", () => {
    const update = updateBetween(base, last)
    expect(leadsTo({ base, last, update })).toBe(true)
    expect(leadsTo({ base, last: applyUpdate(base, update), update })).toBe(true)
  })

  test("don't when a value is off by more than rounding", () => {
    fc.assert(
      fc.property(fc.nat(base.length - 1), fc.double({ min: 1e-5, max: 1, noNaN: true }), (index, off) => {
        const update = updateBetween(base, last)
        update[index]! += off
        expect(leadsTo({ base, last, update })).toBe(false)
      }),
    )
    expect(leadsTo({ base, last, update: new Float32Array(3) })).toBe(false)
  })
})

describe("a checkpoint document", () => {
  test("comes back as it was, with velocity and without", () => {
    for (const momentum of [0, 0.9]) {
      const [point] = trailOf({ ...request, momentum }, 4)
      const document = { ...point!, model, shard: 3 }
      expect(decodeCheckpoint(encodeCheckpoint(document))).toEqual(document)
    }
  })

  test("is nothing else: weights, a piece of one, or one that holds no number", () => {
    const document = { ...trailOf(request, 4)[0]!, model, shard: 0 }
    const bytes = encodeCheckpoint(document)
    const weights = encodeWeights({ kind: "model", model, round: 0, samples: 0, base: null, values: base })
    expect(() => decodeCheckpoint(weights)).toThrow("not a checkpoint: it does not start with ATNC")
    expect(() => decodeCheckpoint(bytes.slice(0, -4))).toThrow(DocumentMalformed)
    const broken = { ...document, weights: document.weights.with(2, NaN) }
    expect(() => encodeCheckpoint(broken)).toThrow("value 2 is NaN")
  })
})

describe("the chance of being found out", () => {
  test("is what drawing segments gives", () => {
    const chances = { segments: 10, fabricated: 3, probability: 0.6, audited: 2 }
    const stream = deriveStream("1", "audits")
    const places = Array.from({ length: chances.segments }, (_, index) => index)
    const finds = (): boolean => {
      if (stream.next() >= chances.probability) return false
      return drawSample(places, chances.audited, stream).some((place) => place < chances.fabricated)
    }
    const trials = 5_000
    const found = Array.from({ length: trials }, () => [finds(), finds(), finds()].filter(Boolean).length)
    const shareWith = (least: number): number => found.filter((count) => count >= least).length / trials
    const near = (simulated: number, expected: number): void => {
      const deviation = Math.sqrt((expected * (1 - expected)) / trials)
      expect(Math.abs(simulated - expected)).toBeLessThan(4 * deviation)
    }
    // 1 − (7 · 6) / (10 · 9)
    expect(detectionByOne(chances)).toBeCloseTo(0.6 * (1 - 42 / 90), 12)
    near(found.reduce((sum, count) => sum + count, 0) / trials / 3, detectionByOne(chances))
    near(shareWith(1), detectionByAny(3, chances))
    near(shareWith(2), detectionByMany(3, 2, chances))
  })

  test("has the expected ends", () => {
    const all = { segments: 4, fabricated: 4, probability: 1, audited: 1 }
    expect(detectionByOne(all)).toBe(1)
    expect(detectionByOne({ ...all, fabricated: 0 })).toBe(0)
    expect(detectionByOne({ ...all, fabricated: 1, audited: 4 })).toBe(1)
    expect(detectionByMany(5, 0, { ...all, probability: 0.3 })).toBeCloseTo(1, 12)
    expect(detectionByMany(5, 1, { ...all, probability: 0.3 })).toBeCloseTo(
      detectionByAny(5, { ...all, probability: 0.3 }),
      12,
    )
  })
})
