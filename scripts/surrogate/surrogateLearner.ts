import type { Dataset } from "../../ml/datasets/dataset.ts"
import { mlp } from "../../ml/models/mlp.ts"
import { initialSurrogateWeights, surrogateOf } from "../../ml/models/surrogate.ts"
import { descend } from "../../ml/surrogate/descend.ts"
import type { Draws } from "../../ml/surrogate/draws.ts"
import { expectedAccuracy, expectedLoss } from "../../ml/surrogate/expectation.ts"
import { landscapeOf } from "../../ml/surrogate/landscape.ts"
import { marginsOf } from "../../ml/surrogate/margins.ts"
import type { SurrogateParameters } from "../../ml/surrogate/parameters.ts"
import { shardProfile, type ShardProfile } from "../../ml/surrogate/shardProfile.ts"
import type { Learner } from "./federation.ts"

/** The surrogate with given parameters, measured over examples without number: smooth in its parameters. */
export const surrogateLearner = (options: {
  readonly hidden: readonly number[]
  readonly dataset: Dataset
  readonly parameters: SurrogateParameters
  readonly draws: Draws
}): Learner => {
  const { hidden, dataset, parameters, draws } = options
  const { classes } = dataset
  const inputs = dataset.inputShape.reduce((a, b) => a * b, 1)
  const spec = surrogateOf(mlp({ inputs, hidden, classes }), dataset.name)
  const landscape = landscapeOf(spec, parameters)
  const shares = sharesOf(dataset)
  return {
    initialWeights: (stream) => initialSurrogateWeights(spec, stream),
    train: ({ weights, dataset: taught, indices, hyper, seed }) => {
      const shard = profileOf(indices, taught, dataset)
      return descend(weights, { landscape, parameters, shard, hyper, seed, draws })
    },
    evaluate: (weights) => {
      const margins = marginsOf(weights, landscape, parameters)
      const loss = expectedLoss(margins, shares, parameters.lossSlope)
      return { accuracy: expectedAccuracy(margins, shares), loss }
    },
  }
}

const profiles = new WeakMap<Uint32Array, Map<Uint8Array, ShardProfile>>()

const profileOf = (indices: Uint32Array, taught: Dataset, dataset: Dataset): ShardProfile => {
  const ofShard = profiles.get(indices) ?? new Map<Uint8Array, ShardProfile>()
  profiles.set(indices, ofShard)
  const { labels } = taught.train
  const profile =
    ofShard.get(labels) ??
    shardProfile({ classes: dataset.classes, indices, labels, trueLabels: dataset.train.labels })
  ofShard.set(labels, profile)
  return profile
}

const sharesOf = ({ classes, test }: Dataset): readonly number[] => {
  const counts = Array.from({ length: classes }, () => 0)
  for (const label of test.labels) counts[label]!++
  return counts.map((count) => count / test.size)
}
