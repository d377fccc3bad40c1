/** The one parameter that only losses tell: by golden-section search. */
import type { SurrogateParameters } from "../../ml/surrogate/parameters.ts"
import { type Observed, predict } from "./fitParameters.ts"

const GOLDEN = (Math.sqrt(5) - 1) / 2
const STEPS = 20

/** Least mean absolute error of the global model's loss over federations without attackers. */
export const fitLossSlope = (
  observed: readonly Observed[],
  parameters: SurrogateParameters,
): SurrogateParameters => {
  const honest = observed.filter(({ ground }) => ground.federation.attackers === 0)
  const errorAt = (lossSlope: number): number => {
    let sum = 0
    for (const { ground, curve } of honest) {
      const { loss } = predict(ground, { ...parameters, lossSlope })
      sum += loss.reduce((total, value, i) => total + Math.abs(value - curve.loss[i]!), 0) / loss.length
    }
    return sum
  }
  let [low, high] = [0.3, 3]
  for (let step = 0; step < STEPS; step++) {
    const [left, right] = [high - GOLDEN * (high - low), low + GOLDEN * (high - low)]
    if (errorAt(left) < errorAt(right)) high = right
    else low = left
  }
  return { ...parameters, lossSlope: (low + high) / 2 }
}
