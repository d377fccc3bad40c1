import type { Dataset } from "../../ml/datasets/dataset.ts"
import { evaluate } from "../../ml/evaluation/evaluate.ts"
import { initialWeights } from "../../ml/models/model.ts"
import { mlp } from "../../ml/models/mlp.ts"
import { train } from "../../ml/training/train.ts"
import type { Learner } from "./federation.ts"

/** Real training of a perceptron. The backend must run. */
export const realLearner = (hidden: readonly number[], dataset: Dataset): Learner => {
  const inputs = dataset.inputShape.reduce((a, b) => a * b, 1)
  const model = mlp({ inputs, hidden, classes: dataset.classes })
  return {
    initialWeights: (stream) => initialWeights(model, stream),
    train: ({ hyper, ...request }) => train({ ...request, ...hyper, model }).weights,
    evaluate: (weights, indices) =>
      evaluate({ model, weights, dataset, ...(indices === undefined ? {} : { indices }) }),
  }
}
