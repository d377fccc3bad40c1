/**
 * A model whose federated training can be solved on paper: client i's loss is Σⱼ hᵢⱼ·(wⱼ − cᵢⱼ)²/2.
 *
 * It takes the place of the perceptron where a formula is to be compared with, on the same path of updates and
 * averages. After E steps at rate η a client's error shrinks by (1 − ηh)^E towards its own centre: the average
 * therefore settles away from the common optimum (client drift).
 */
import { Schema } from "effect"
import { WeightsSizeMismatch } from "./modelErrors.ts"

/** One client's loss; both lists have one entry a weight. */
export interface Quadratic {
  /** h > 0 */
  readonly curvatures: readonly number[]
  /** c: where the client's loss is least. */
  readonly centres: readonly number[]
}

/** Local steps that cannot be taken. */
export class QuadraticInvalid extends Schema.TaggedError<QuadraticInvalid>()("QuadraticInvalid", {
  problem: Schema.String,
}) {
  override get message(): string {
    return `cannot descend on the quadratic: ${this.problem}`
  }
}

/** Weights after `steps` steps of gradient descent, in float64, rounded to float32 at the end. Throws `QuadraticInvalid`, `WeightsSizeMismatch`. */
export const descendQuadratic = (
  quadratic: Quadratic,
  weights: Float32Array,
  options: { readonly steps: number; readonly learningRate: number },
): Float32Array => {
  const { curvatures, centres } = quadratic
  const { steps, learningRate } = options
  for (const { length } of [curvatures, centres]) {
    if (length !== weights.length) throw new WeightsSizeMismatch({ expected: length, actual: weights.length })
  }
  if (!Number.isInteger(steps) || steps < 0) {
    throw new QuadraticInvalid({ problem: `steps is ${steps}, expected an integer from 0` })
  }
  if (!curvatures.every((curvature) => curvature > 0 && learningRate * curvature < 2)) {
    throw new QuadraticInvalid({
      problem: `each curvature must be above 0 and below 2 / learningRate = ${2 / learningRate}`,
    })
  }
  return weights.map((start, j) => {
    let weight = start
    for (let step = 0; step < steps; step++) weight -= learningRate * curvatures[j]! * (weight - centres[j]!)
    return weight
  })
}
