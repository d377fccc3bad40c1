import * as fc from "fast-check"
import { beforeAll, describe, expect, test } from "vitest"
import { initialiseBackend } from "../../ml/backend.ts"
import { mlp } from "../../ml/models/mlp.ts"
import { initialWeights } from "../../ml/models/model.ts"
import { WeightsSizeMismatch } from "../../ml/models/modelErrors.ts"
import { batchOrder, stepCount } from "../../ml/training/batchOrder.ts"
import { train, trainingSteps, type TrainingPoint, type TrainingRequest } from "../../ml/training/train.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import { syntheticDataset } from "./syntheticDataset.ts"

beforeAll(async () => {
  await initialiseBackend()
})

const dataset = syntheticDataset({ seed: "steps", inputs: 6, classes: 3, train: 60, test: 10 })
const model = mlp({ inputs: 6, hidden: [4], classes: 3 })
const weights = initialWeights(model, deriveStream("steps", "weights"))

const requests: fc.Arbitrary<TrainingRequest> = fc.record({
  model: fc.constant(model),
  weights: fc.constant(weights),
  dataset: fc.constant(dataset),
  indices: fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { minLength: 1, maxLength: 30 }),
  epochs: fc.integer({ min: 1, max: 3 }),
  batchSize: fc.integer({ min: 1, max: 12 }),
  learningRate: fc.constantFrom(0.05, 0.3),
  momentum: fc.constantFrom(0, 0.9),
  proximal: fc.constantFrom(0, 0.1),
  seed: fc.string(),
})

/** Trains on from a point, and leaves off after a step. */
const between = (request: TrainingRequest, from: TrainingPoint | undefined, last: number): TrainingPoint => {
  for (const taken of trainingSteps(request, from)) if (taken.step === last) return taken.point()
  throw new Error(`there is no step ${last}`)
}

describe("training step by step", () => {
  test("gives the same bits wherever it was interrupted, and the same as training in one go", () => {
    fc.assert(
      fc.property(requests, fc.infiniteStream(fc.boolean()), (request, stops) => {
        const steps = stepCount(request)
        let point: TrainingPoint | undefined
        for (let step = 1; step <= steps; step++) {
          if (step === steps || stops.next().value) point = between(request, point, step)
        }
        const whole = between(request, undefined, steps)
        expect(point).toEqual(whole)
        expect(whole.weights).toEqual(train(request).weights)
        expect(train(request).steps).toBe(steps)
      }),
      { numRuns: 40 },
    )
  })

  test("takes the examples that the seed alone tells, each once an epoch", () => {
    fc.assert(
      fc.property(requests, (request) => {
        const order = [...batchOrder(request)]
        expect(order.map(({ step }) => step)).toEqual([...trainingSteps(request)].map(({ step }) => step))
        for (let epoch = 0; epoch < request.epochs; epoch++) {
          const seen = order
            .filter((step) => step.epoch === epoch)
            .flatMap(({ order, from, to }) => order.slice(from, to))
          expect(seen.toSorted((a, b) => a - b)).toEqual(Array.from(request.indices).sort((a, b) => a - b))
        }
      }),
      { numRuns: 20 },
    )
  })

  test("refuses to go on from weights of another model", () => {
    const request = fc.sample(requests, { numRuns: 1, seed: 1 })[0]!
    const point = { step: 1, weights: new Float32Array(3), velocity: undefined }
    expect(() => [...trainingSteps(request, point)]).toThrow(WeightsSizeMismatch)
  })
})
