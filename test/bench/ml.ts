/**
 * Benchmark of learning: `npm run bench:ml [-- training evaluation aggregation federation]`; all parts unless some are named.
 *
 * Times are CPU time of the one thread that works.
 *
 * 1. Training samples a second by model, perceptrons and convolutional networks: our step on WebAssembly, the step as tfjs's automatic differentiation writes
 *    it on WebAssembly, and our step on the plain JavaScript backend. Variants are interleaved, so that a busy
 *    machine slows all of them; medians over the repetitions.
 * 2. Time of an evaluation by number of examples.
 * 3. Time of an aggregation by rule, number of updates and number of parameters.
 * 4. Federated averaging on MNIST: global accuracy by round, and what a solver's training costs.
 */
import { parseArgs } from "node:util"
import * as tf from "@tensorflow/tfjs-core"
import { version_cpu } from "@tensorflow/tfjs-backend-cpu"
import { fedAvg } from "../../ml/aggregation/fedAvg.ts"
import { describeBackend, initialiseBackend } from "../../ml/backend.ts"
import type { Dataset } from "../../ml/datasets/dataset.ts"
import { loadMnist } from "../../ml/datasets/mnist.ts"
import { evaluate } from "../../ml/evaluation/evaluate.ts"
import { cnn } from "../../ml/models/cnn.ts"
import { mlp } from "../../ml/models/mlp.ts"
import { initialWeights, nameOfModel, parameterCount, type ModelSpec } from "../../ml/models/model.ts"
import { applyUpdate, updateBetween } from "../../ml/models/weightUpdate.ts"
import { partition, type PartitionKind } from "../../ml/partition/partition.ts"
import { train } from "../../ml/training/train.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import { formatDecimal, formatInteger } from "../../sim/results/format.ts"
import { aggregationTable } from "./aggregation.ts"
import { trainWithAutomaticGradients } from "./automaticGradients.ts"

const dataset = loadMnist()

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!

/** CPU time of this thread, in seconds: what else the machine does disturbs it less than it does wall-clock time. */
const secondsOf = (work: () => unknown): number => {
  const start = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(start)
  return (user + system) / 1_000_000
}

const printTable = (title: string, header: readonly string[], rows: readonly (readonly string[])[]): void => {
  const widths = header.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => row[column]!.length)),
  )
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join("  ")
  console.log(`\n${title}\n${line(header)}\n${widths.map((width) => "─".repeat(width)).join("  ")}`)
  for (const row of rows) console.log(line(row))
}

interface Variant {
  readonly name: string
  readonly backend: "wasm" | "cpu"
  readonly train: (request: Parameters<typeof train>[0]) => unknown
}

const variants: readonly Variant[] = [
  { name: "ours, WebAssembly", backend: "wasm", train },
  { name: "automatic, WebAssembly", backend: "wasm", train: trainWithAutomaticGradients },
  { name: "ours, JavaScript", backend: "cpu", train },
]

interface TrainingRow {
  readonly model: ModelSpec
  readonly batchSize: number
  readonly samples: number
  /** Samples for the JavaScript backend, so that it ends: its convolutions are a hundred times slower. */
  readonly samplesInJavaScript: number
}

const image = [28, 28, 1] as const
const trainingRows: readonly TrainingRow[] = [
  {
    model: mlp({ inputs: 784, hidden: [32], classes: 10 }),
    batchSize: 32,
    samples: 600,
    samplesInJavaScript: 96,
  },
  {
    model: mlp({ inputs: 784, hidden: [64], classes: 10 }),
    batchSize: 32,
    samples: 600,
    samplesInJavaScript: 96,
  },
  {
    model: mlp({ inputs: 784, hidden: [200, 200], classes: 10 }),
    batchSize: 32,
    samples: 600,
    samplesInJavaScript: 96,
  },
  {
    model: mlp({ inputs: 784, hidden: [200, 200], classes: 10 }),
    batchSize: 10,
    samples: 600,
    samplesInJavaScript: 96,
  },
  {
    model: cnn({ inputShape: image, filters: [8, 16], kernelSize: 5, dense: [32], classes: 10 }),
    batchSize: 32,
    samples: 300,
    samplesInJavaScript: 32,
  },
  {
    model: cnn({ inputShape: image, filters: [32, 64], kernelSize: 5, dense: [512], classes: 10 }),
    batchSize: 10,
    samples: 100,
    samplesInJavaScript: 10,
  },
  {
    model: cnn({ inputShape: image, filters: [32, 64], kernelSize: 5, dense: [512], classes: 10 }),
    batchSize: 50,
    samples: 100,
    samplesInJavaScript: 10,
  },
]

const benchTraining = async (repetitions: number): Promise<void> => {
  const rows: string[][] = []
  for (const { model, batchSize, samples, samplesInJavaScript } of trainingRows) {
    const weights = initialWeights(model, deriveStream("bench", "weights"))
    const rates = variants.map((): number[] => [])
    for (let repetition = 0; repetition <= repetitions; repetition++) {
      for (const [i, variant] of variants.entries()) {
        // What takes seconds a sample is measured twice.
        if (variant.backend === "cpu" && model.kind === "cnn" && repetition > 2) continue
        await tf.setBackend(variant.backend)
        const length = variant.backend === "cpu" ? samplesInJavaScript : samples
        const indices = Array.from({ length }, (_, j) => samples * repetition + j)
        const hyper = { epochs: 1, batchSize, learningRate: 0.1, seed: String(repetition) }
        const seconds = secondsOf(() => variant.train({ model, weights, dataset, indices, ...hyper }))
        // The first repetition warms up.
        if (repetition > 0) rates[i]!.push(indices.length / seconds)
      }
    }
    const cells = rates.map((rate) => formatInteger(Math.round(median(rate))))
    const [ours, automatic, plain] = rates.map(median) as [number, number, number]
    const ratios = [ours / automatic, ours / plain].map((ratio) => `${formatDecimal(ratio, 1)} ×`)
    const label = [nameOfModel(model), formatInteger(parameterCount(model)), String(batchSize)]
    rows.push([...label, ...cells, ...ratios])
  }
  await tf.setBackend("wasm")
  printTable(
    `Training, samples a second of CPU time (median of ${repetitions})`,
    [
      "model",
      "parameters",
      "batch",
      ...variants.map(({ name }) => name),
      "ours / automatic",
      "ours / JavaScript",
    ],
    rows,
  )
}

const benchEvaluation = (repetitions: number): void => {
  const sizes = [500, 1_000, 10_000]
  const rows = [...trainingRows.slice(0, 3), trainingRows[5]!].map(({ model }) => {
    const weights = initialWeights(model, deriveStream("bench", "weights"))
    const times = sizes.map((): number[] => [])
    for (let repetition = 0; repetition < repetitions; repetition++) {
      sizes.forEach((size, i) => {
        const indices = Array.from({ length: size }, (_, j) => j)
        times[i]!.push(secondsOf(() => evaluate({ model, weights, dataset, indices })))
      })
    }
    return [nameOfModel(model), ...times.map((seconds) => formatDecimal(1_000 * median(seconds), 1))]
  })
  printTable(
    `Evaluation, milliseconds of CPU time by number of examples (median of ${repetitions})`,
    ["model", ...sizes.map((size) => formatInteger(size))],
    rows,
  )
}

interface Federation {
  readonly name: string
  readonly hidden: readonly number[]
  readonly learningRate: number
  readonly partition: PartitionKind
  readonly samples: number
}

const iid: PartitionKind = { kind: "iid" }
const federations: readonly Federation[] = [
  { name: "32, rate 0.05", hidden: [32], learningRate: 0.05, partition: iid, samples: 600 },
  { name: "32, rate 0.1", hidden: [32], learningRate: 0.1, partition: iid, samples: 600 },
  { name: "32, rate 0.2", hidden: [32], learningRate: 0.2, partition: iid, samples: 600 },
  { name: "64, rate 0.1", hidden: [64], learningRate: 0.1, partition: iid, samples: 600 },
  { name: "32, rate 0.1, 300 each", hidden: [32], learningRate: 0.1, partition: iid, samples: 300 },
  {
    name: "32, rate 0.1, Dirichlet 0.5",
    hidden: [32],
    learningRate: 0.1,
    partition: { kind: "dirichlet", alpha: 0.5 },
    samples: 600,
  },
]

const runFederation = (mnist: Dataset, federation: Federation): string[] => {
  const { hidden, learningRate, samples } = federation
  const model = mlp({ inputs: 784, hidden, classes: 10 })
  const shards = partition(federation.partition, {
    labels: mnist.train.labels,
    parts: 12,
    samplesPerPart: samples,
    stream: deriveStream("bench", "partition"),
  })
  let global = initialWeights(model, deriveStream("bench", "weights"))
  const accuracies = [evaluate({ model, weights: global, dataset: mnist }).accuracy]
  const times: number[] = []
  for (let round = 1; round <= 10; round++) {
    const updates = shards.map((indices, solver) => {
      const seed = `${round}/${solver}`
      const start = performance.now()
      const request = { model, weights: global, dataset: mnist, indices, learningRate, seed }
      const result = train({ ...request, epochs: 1, batchSize: 32 })
      times.push(performance.now() - start)
      return {
        name: `solver-${solver}`,
        values: updateBetween(global, result.weights),
        samples: result.samples,
      }
    })
    global = applyUpdate(global, fedAvg(updates))
    accuracies.push(evaluate({ model, weights: global, dataset: mnist }).accuracy)
  }
  return [
    federation.name,
    ...accuracies.map((accuracy) => formatDecimal(100 * accuracy, 1)),
    formatDecimal(median(times), 1),
  ]
}

const benchFederation = (): void =>
  printTable(
    "Federated averaging on MNIST, 12 solvers, 1 epoch, batch 32: accuracy on 10,000 test images by round, %",
    ["hidden", ...Array.from({ length: 11 }, (_, round) => String(round)), "ms a training"],
    federations.map((federation) => runFederation(dataset, federation)),
  )

const parts: Readonly<Record<string, () => void | Promise<void>>> = {
  training: () => benchTraining(9),
  evaluation: () => benchEvaluation(9),
  aggregation: () => printTable(...aggregationTable(5)),
  federation: benchFederation,
}

const { positionals } = parseArgs({ allowPositionals: true })
const unknown = positionals.filter((name) => parts[name] === undefined)
if (unknown.length > 0) {
  console.error(`expected parts among ${Object.keys(parts).join(", ")}, found ${unknown.join(", ")}`)
  process.exit(2)
}
const report = await initialiseBackend()
console.log(`${describeBackend(report)}; JavaScript ${version_cpu}, one thread`)
for (const [name, run] of Object.entries(parts)) {
  if (positionals.length === 0 || positionals.includes(name)) await run()
}
