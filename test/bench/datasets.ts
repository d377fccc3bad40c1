/**
 * What models reach on each data set: `npm run bench:datasets`, or with names for some. For choosing thresholds, tolerances and learning rates.
 *
 * Centrally: one trainer with the whole training split. Federated: 16 clients of 600 examples, every one in every
 * round, one epoch each, averaged; iid and skewed. Batches of 32, plain gradient descent, one seed; the standard error
 * of an accuracy on 6,000 examples is about half a point.
 */
import { initialiseBackend } from "../../ml/backend.ts"
import type { Dataset } from "../../ml/datasets/dataset.ts"
import { inputSize } from "../../ml/datasets/dataset.ts"
import { datasetNames, loadDataset } from "../../ml/datasets/registry.ts"
import { evaluate } from "../../ml/evaluation/evaluate.ts"
import { federate } from "../../ml/federation/federate.ts"
import { mlp, type MlpSpec } from "../../ml/models/mlp.ts"
import { initialWeights } from "../../ml/models/model.ts"
import type { PartitionKind } from "../../ml/partition/partition.ts"
import { train } from "../../ml/training/train.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import { formatPercent } from "../../sim/results/format.ts"

const SEED = "bench/datasets"
const EPOCHS = 5
const ROUNDS = 20
const training = { epochs: 1, batchSize: 32, learningRate: 0.05 }

/** The share of the largest class in the held-out split: what a constant answer gets. */
const largestShare = ({ test, classes }: Dataset): number => {
  const counts = Array.from({ length: classes }, () => 0)
  for (const label of test.labels) counts[label]!++
  return Math.max(...counts) / test.size
}

const centrally = (dataset: Dataset, model: MlpSpec): number => {
  const weights = initialWeights(model, deriveStream(SEED, "weights"))
  const indices = Uint32Array.from({ length: dataset.train.size }, (_, index) => index)
  const trained = train({ ...training, epochs: EPOCHS, model, weights, dataset, indices, seed: SEED })
  return evaluate({ model, weights: trained.weights, dataset }).accuracy
}

/** After 10 rounds and after all. */
const federated = (dataset: Dataset, model: MlpSpec, partition: PartitionKind): string => {
  const options = { dataset, model, rounds: ROUNDS, clients: 16, samplesPerClient: 600, partition, training }
  const accuracies = [...federate({ ...options, seed: SEED })].map(({ accuracy }) => accuracy)
  return `${formatPercent(accuracies[10]!)}, ${formatPercent(accuracies[ROUNDS]!)}`
}

await initialiseBackend()
console.log(
  `| data set | largest class | model | centrally, ${EPOCHS} epochs | iid, rounds 10 and ${ROUNDS} | Dirichlet 0.1, same |`,
)
console.log("| --- | ---: | --- | ---: | ---: | ---: |")
const asked = process.argv.slice(2)
for (const name of datasetNames.filter((name) => asked.length === 0 || asked.includes(name))) {
  const dataset = loadDataset(name)
  for (const width of [32, 64]) {
    const model = mlp({ inputs: inputSize(dataset), hidden: [width], classes: dataset.classes })
    const cells = [
      name,
      formatPercent(largestShare(dataset)),
      `MLP-${width}`,
      formatPercent(centrally(dataset, model)),
      federated(dataset, model, { kind: "iid" }),
      federated(dataset, model, { kind: "dirichlet", alpha: 0.1 }),
    ]
    console.log(`| ${cells.join(" | ")} |`)
  }
}
