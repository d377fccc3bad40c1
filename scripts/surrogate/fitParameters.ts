/** Parameters that bring the surrogate's accuracies closest to real ones, by squares where they are close. */
import { createDraws } from "../../ml/surrogate/draws.ts"
import { SurrogateParameters } from "../../ml/surrogate/parameters.ts"
import { type Curve, type Ground, playFederation } from "./federation.ts"
import { leastSquares } from "./levenbergMarquardt.ts"
import { surrogateLearner } from "./surrogateLearner.ts"

export interface Observed {
  readonly ground: Ground
  readonly curve: Curve
}

/** Where the search begins: what an earlier search found, rounded. */
export const startingPoint: SurrogateParameters = {
  curvature: 0.7,
  curvatureRatio: 12,
  curvatureByWidth: 0.2,
  signal: 13,
  signalRatio: 1,
  signalByWidth: 0.02,
  biasCurvature: 0.8,
  bias: 0.7,
  absentShare: 0.001,
  flippedSignal: 0.1,
  shardSignal: 0.2,
  idleCurvature: 2.5,
  shardIdle: 0.035,
  skewIdle: 100,
  slack: 0.5,
  saturation: 0.37,
  stepNoise: 2.5,
  unit: 0.27,
  blur: 8,
  lossSlope: 1.2,
}

type Name = keyof SurrogateParameters
const names = Object.keys(startingPoint) as readonly Name[]
/** The others are positive and searched by their logarithms. */
const anySign: ReadonlySet<Name> = new Set(["curvatureByWidth", "signalByWidth"])

const toNumbers = (parameters: SurrogateParameters): readonly number[] =>
  names.map((name) => (anySign.has(name) ? parameters[name] : Math.log(parameters[name])))

const toParameters = (numbers: readonly number[]): SurrogateParameters =>
  Object.fromEntries(
    names.map((name, i) => [name, anySign.has(name) ? numbers[i]! : Math.exp(numbers[i]!)]),
  ) as SurrogateParameters

/** Weights of residuals: what coordinators judge counts beside the global model. */
const WEIGHTS = { accuracy: 1, honest: 0.5, attacker: 0.5 }
/** Pull of each parameter towards where the search began: what curves say nothing about stays there. */
const PULL = 0.02

/** Draws that are kept: all of a fit, so that they are made once. */
const KEPT_DRAWS = 100_000

export const predict = (
  ground: Ground,
  parameters: SurrogateParameters,
  draws = createDraws(KEPT_DRAWS),
): Curve => {
  const { federation, dataset } = ground
  return playFederation(ground, surrogateLearner({ hidden: federation.hidden, dataset, parameters, draws }))
}

export const fitParameters = (
  observed: readonly Observed[],
  options: {
    readonly start?: SurrogateParameters
    readonly iterations: number
    readonly onIteration?: (iteration: number, meanSquare: number, parameters: SurrogateParameters) => void
  },
): SurrogateParameters => {
  const draws = createDraws(KEPT_DRAWS)
  const origin = toNumbers(startingPoint)
  const residuals = (numbers: readonly number[]): Float64Array => {
    const parameters = toParameters(numbers)
    const pulls = numbers.map((number, i) => PULL * (number - origin[i]!))
    return Float64Array.from([
      ...pulls,
      ...observed.flatMap(({ ground, curve }) => residualsOf(predict(ground, parameters, draws), curve)),
    ])
  }
  const found = leastSquares({
    start: toNumbers(options.start ?? startingPoint),
    residuals,
    step: 1e-3,
    iterations: options.iterations,
    onIteration: (iteration, sum, numbers) => options.onIteration?.(iteration, sum, toParameters(numbers)),
  })
  return toParameters(found)
}

/** Prediction − observation, weighted; a curve of many rounds counts as one of ten. */
const residualsOf = (predicted: Curve, observed: Curve): number[] => {
  const scale = Math.sqrt(10 / (observed.accuracy.length - 1))
  const against = (
    weight: number,
    ours: readonly (number | null)[],
    real: readonly (number | null)[],
  ): number[] =>
    real.flatMap((value, i) => (value === null ? [] : [weight * scale * bounded((ours[i] ?? 0) - value)]))
  return [
    ...against(WEIGHTS.accuracy, predicted.accuracy, observed.accuracy),
    ...against(WEIGHTS.honest, predicted.honest, observed.honest),
    ...against(WEIGHTS.attacker, predicted.attacker, observed.attacker),
  ]
}

/** Errors beyond this count linearly and no more by their square: a few chaotic curves must not spoil all others. */
const USUAL_ERROR = 0.05

/** Square root of the soft L1 loss (Charbonnier): about `error` where it is small. */
const bounded = (error: number): number => {
  const relative = error / USUAL_ERROR
  return Math.sign(error) * USUAL_ERROR * Math.sqrt(2 * (Math.sqrt(1 + relative * relative) - 1))
}
