import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import type { Evaluation } from "../../ml/evaluation/evaluate.ts"
import {
  bytesToEvaluation,
  bytesToPoint,
  bytesToTraining,
  evaluationToBytes,
  pointToBytes,
  trainingToBytes,
} from "../../ml/memo/storedResult.ts"

const count = fc.nat({ max: 1_000_000 })
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value))
const trainings = fc.record({
  weights: fc.float32Array({ noNaN: true }),
  samples: count,
  samplesProcessed: count,
  steps: count,
  finalLoss: finite,
})
/** With a velocity as long as the weights, or without. */
const points = fc
  .record({ step: count, weights: fc.float32Array({ noNaN: true }), moves: fc.boolean() })
  .map(({ moves, ...point }) => ({
    ...point,
    velocity: moves ? point.weights.map((weight) => weight / 2) : undefined,
  }))
const evaluations: fc.Arbitrary<Evaluation> = fc.record({
  total: count,
  correct: count,
  accuracy: finite,
  loss: finite,
  perClass: fc.array(fc.record({ correct: count, total: count })),
})

describe("a stored result", () => {
  test("is the same, bit by bit, wherever its bytes lie in memory", () => {
    fc.assert(
      fc.property(trainings, fc.nat({ max: 7 }), (training, offset) => {
        const bytes = Buffer.concat([Buffer.alloc(offset), trainingToBytes(training)]).subarray(offset)
        expect(bytesToTraining(bytes, training.weights.length)).toEqual(training)
      }),
    )
    fc.assert(
      fc.property(points, (point) => {
        expect(bytesToPoint(pointToBytes(point), point.weights.length)).toEqual(point)
        expect(bytesToPoint(pointToBytes(point), point.weights.length + 1)).toBeUndefined()
      }),
    )
    fc.assert(
      fc.property(evaluations, (evaluation) => {
        expect(bytesToEvaluation(evaluationToBytes(evaluation))).toEqual(evaluation)
      }),
    )
  })

  test("is none with another number of weights, or cut", () => {
    fc.assert(
      fc.property(trainings, fc.nat(), (training, at) => {
        const bytes = trainingToBytes(training)
        const { length } = training.weights
        expect(bytesToTraining(bytes, length + 1)).toBeUndefined()
        expect(bytesToTraining(bytes.subarray(0, at % bytes.length), length)).toBeUndefined()
      }),
    )
  })

  test("is none of another shape", () => {
    const bytes = (value: unknown) => Buffer.from(JSON.stringify(value))
    for (const value of [
      null,
      {},
      [],
      { total: 1 },
      { total: -1, correct: 0, accuracy: 0, loss: 0, perClass: [] },
    ]) {
      expect(bytesToEvaluation(bytes(value))).toBeUndefined()
      expect(bytesToTraining(Buffer.concat([bytes(value), Buffer.from("\n")]), 0)).toBeUndefined()
    }
    expect(bytesToEvaluation(new Uint8Array(0))).toBeUndefined()
  })
})
