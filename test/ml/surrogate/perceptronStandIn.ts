/** A surrogate over a small synthetic data set, with round parameters: what its laws are shown on. */
import { mlp } from "../../../ml/models/mlp.ts"
import { surrogateOf } from "../../../ml/models/surrogate.ts"
import type { SurrogateParameters } from "../../../ml/surrogate/parameters.ts"
import { syntheticDataset } from "../syntheticDataset.ts"

export const roundParameters: SurrogateParameters = {
  curvature: 1,
  curvatureRatio: 3,
  curvatureByWidth: 0.2,
  signal: 5,
  signalRatio: 0.9,
  signalByWidth: 0,
  biasCurvature: 0.5,
  bias: 1,
  absentShare: 0.01,
  flippedSignal: 0.2,
  shardSignal: 0.5,
  idleCurvature: 1,
  shardIdle: 0.1,
  skewIdle: 10,
  slack: 0.2,
  saturation: 0.3,
  stepNoise: 1,
  unit: 0.1,
  blur: 2,
  lossSlope: 1.2,
}

/** No chance: neither shards nor steps err. */
export const withoutNoise: SurrogateParameters = {
  ...roundParameters,
  shardSignal: 1e-9,
  shardIdle: 1e-9,
  stepNoise: 1e-9,
}

export const examples = syntheticDataset({
  seed: "surrogate",
  inputs: 20,
  classes: 10,
  train: 4_000,
  test: 4_000,
})

export const standIn = surrogateOf(mlp({ inputs: 20, hidden: [32], classes: 10 }), "synthetic")
