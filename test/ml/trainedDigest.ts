/**
 * Trains on MNIST and prints the hash of the bytes: run in this process, in another one and in a worker.
 * `node trainedDigest.ts` prints it on standard output.
 */
import { isMainThread } from "node:worker_threads"
import { backendReport, initialiseBackend } from "../../ml/backend.ts"
import { loadMnist } from "../../ml/datasets/mnist.ts"
import { evaluate } from "../../ml/evaluation/evaluate.ts"
import { cnn } from "../../ml/models/cnn.ts"
import { mlp } from "../../ml/models/mlp.ts"
import { initialWeights, type ModelSpec } from "../../ml/models/model.ts"
import { train } from "../../ml/training/train.ts"
import { canonicalJson } from "../../sim/kernel/canonicalJson.ts"
import { sha256Hex } from "../../sim/kernel/hash.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"

const perceptrons: readonly ModelSpec[] = [[32], [200, 200]].map((hidden) =>
  mlp({ inputs: 784, hidden, classes: 10 }),
)
const convolutional: readonly ModelSpec[] = [
  cnn({ inputShape: [28, 28, 1], filters: [8, 16], kernelSize: 5, dense: [32], classes: 10 }),
]

/** Hashes of trained perceptrons and of a trained convolutional network, with a space between. */
export const trainedDigest = async (): Promise<string> => {
  await initialiseBackend()
  return [perceptrons, convolutional].map(digestOf).join(" ")
}

const digestOf = (models: readonly ModelSpec[]): string => {
  const dataset = loadMnist()
  const digests = models.map((model) => {
    const start = initialWeights(model, deriveStream("digest", "ml/initialWeights"))
    const { weights, finalLoss } = train({
      model,
      weights: start,
      dataset,
      indices: Array.from({ length: 200 }, (_, i) => 11 * i),
      epochs: 1,
      batchSize: 32,
      learningRate: 0.1,
      momentum: 0.5,
      proximal: 0.01,
      seed: "digest",
    })
    const { correct, loss } = evaluate({
      model,
      weights,
      dataset,
      indices: Array.from({ length: 700 }, (_, i) => i),
    })
    return { weights: sha256Hex(new Uint8Array(weights.buffer)), finalLoss, correct, loss }
  })
  return sha256Hex(canonicalJson({ backend: backendReport(), digests }))
}

if (import.meta.main || !isMainThread) {
  const digest = await trainedDigest()
  process.stdout.write(digest)
}
