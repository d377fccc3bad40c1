/** The numbers that the surrogate's fit decides. All are positive, unless said otherwise. */
import { Schema } from "effect"

const Positive = Schema.Finite.check(Schema.isGreaterThan(0))

export const SurrogateParameters = Schema.Struct({
  /** Curvature of the fastest signal mode for a width of 32, 1 / (learning rate × steps). */
  curvature: Positive,
  /** Curvature of a signal mode ÷ that of the next slower one. */
  curvatureRatio: Positive,
  /** Power of width / 32 in the curvature; any sign. */
  curvatureByWidth: Schema.Finite,
  /** Signal at the optimum for a width of 32, in deviations of an example's difficulty. */
  signal: Positive,
  /** Signal of a mode ÷ that of the next faster one. */
  signalRatio: Positive,
  /** Power of width / 32 in the signal; any sign. */
  signalByWidth: Schema.Finite,
  /** Curvature of a class's bias. */
  biasCurvature: Positive,
  /** How far a bias follows the logarithm of its class's share in a shard. */
  bias: Positive,
  /** Share, relative to an equal one, at which a class counts as absent. */
  absentShare: Positive,
  /** Where training on wrong labels leads: −1 × this × the optimum. */
  flippedSignal: Positive,
  /** Deviation of a shard's signal optimum, × 1 / √(examples of the class). */
  shardSignal: Positive,
  /** Curvature of idle modes. */
  idleCurvature: Positive,
  /** Deviation of a shard's optimum in idle modes, × √(300 / samples). */
  shardIdle: Positive,
  /** Adds this × (uneven shares of classes) to the variance of a shard's idle modes. */
  skewIdle: Positive,
  /** Share of a mode's curvature that pulls back what has gone beyond its optimum: confident answers teach little. */
  slack: Positive,
  /** Signal that blurs itself: accuracy depends on the direction of weights more than on their size. */
  saturation: Positive,
  /** Deviation of steps, × √(effective learning rate / batch size × share of answers that are wrong). */
  stepNoise: Positive,
  /** Weight of one unit of a mode: what noise of a given deviation is compared with. */
  unit: Positive,
  /** How much idle modes blur the signal. */
  blur: Positive,
  /** Steepness of the loss. */
  lossSlope: Positive,
})
export type SurrogateParameters = typeof SurrogateParameters.Type
