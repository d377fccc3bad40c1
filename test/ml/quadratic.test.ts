import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { fedAvg } from "../../ml/aggregation/fedAvg.ts"
import { descendQuadratic, QuadraticInvalid, type Quadratic } from "../../ml/models/quadratic.ts"
import { WeightsSizeMismatch } from "../../ml/models/modelErrors.ts"
import { applyUpdate, updateBetween } from "../../ml/models/weightUpdate.ts"
import { signFlip } from "../../ml/poisoning/signFlip.ts"

interface Client {
  readonly quadratic: Quadratic
  readonly samples: number
  readonly malicious?: boolean
}

const round = (weights: Float32Array, clients: readonly Client[], steps: number, learningRate: number) =>
  applyUpdate(
    weights,
    fedAvg(
      clients.map(({ quadratic, samples, malicious }, i) => {
        const honest = updateBetween(weights, descendQuadratic(quadratic, weights, { steps, learningRate }))
        return { name: `client-${i}`, values: malicious ? signFlip(honest) : honest, samples }
      }),
    ),
  )

/** (1 − ηh)^E, by multiplication. */
const shrink = (curvature: number, steps: number, learningRate: number): number => {
  let factor = 1
  for (let step = 0; step < steps; step++) factor *= 1 - learningRate * curvature
  return factor
}

/**
 * One step at rate 0.4 on curvature 1: ρ = 0.6. With m of n = 10 clients flipping signs the error shrinks by
 * 1 − (1 − ρ)(n − 2m)/n a round.
 */
const contraction = (malicious: number): number => {
  const clients = Array.from({ length: 10 }, (_, i) => ({
    quadratic: { curvatures: [1], centres: [0] },
    samples: 1,
    malicious: i < malicious,
  }))
  return round(Float32Array.of(1), clients, 1, 0.4)[0]!
}

describe("federated averaging on quadratics", () => {
  test("follows the closed form, whatever the clients, their samples and their local steps", () => {
    const client = fc.record({
      curvature: fc.double({ min: 0.5, max: 9, noNaN: true }),
      centre: fc.double({ min: -1, max: 1, noNaN: true }),
      samples: fc.integer({ min: 1, max: 1_000 }),
    })
    fc.assert(
      fc.property(
        fc.array(client, { minLength: 1, maxLength: 5 }),
        fc.integer({ min: 1, max: 20 }),
        fc.double({ min: -1, max: 1, noNaN: true }),
        (given, steps, start) => {
          const learningRate = 0.1
          const clients = given.map(({ curvature, centre, samples }) => ({
            quadratic: { curvatures: [curvature], centres: [centre] },
            samples,
          }))
          const total = given.reduce((sum, { samples }) => sum + samples, 0)
          let expected = 0
          for (const { curvature, centre, samples } of given) {
            const rho = shrink(curvature, steps, learningRate)
            expected += (samples / total) * (rho * start + (1 - rho) * centre)
          }
          const [after] = round(Float32Array.of(start), clients, steps, learningRate)
          expect(Math.abs(after! - expected)).toBeLessThan(1e-6)
        },
      ),
    )
  })

  test("one of ten flips its update's sign: the error shrinks by 0.68 a round instead of 0.60", () => {
    expect(contraction(0)).toBeCloseTo(0.6, 6)
    expect(contraction(1)).toBeCloseTo(0.68, 6)
    expect(contraction(5)).toBeCloseTo(1, 6)
  })

  test("treats each weight by itself", () => {
    const quadratic = { curvatures: [1, 2], centres: [3, -1] }
    const [a, b] = descendQuadratic(quadratic, Float32Array.of(0, 0), { steps: 1, learningRate: 0.5 })
    expect([a, b]).toEqual([1.5, -1])
  })

  test("refuses what would not descend", () => {
    const quadratic = { curvatures: [10], centres: [0] }
    const descend = (weights: number, steps: number, learningRate: number) => () =>
      descendQuadratic(quadratic, new Float32Array(weights), { steps, learningRate })
    expect(descend(2, 1, 0.1)).toThrow(WeightsSizeMismatch)
    expect(descend(1, -1, 0.1)).toThrow(QuadraticInvalid)
    expect(descend(1, 1, 0.2)).toThrow(QuadraticInvalid)
    expect(descend(1, 1, 0.1)).not.toThrow()
  })
})
