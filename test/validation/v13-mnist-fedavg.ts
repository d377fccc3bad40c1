/**
 * V13: MNIST by federated averaging, against McMahan et al. (2017).
 *
 * 100 clients of 600 images each, dealt IID; a tenth of them trains in each round for one epoch in batches of ten; the
 * perceptron 784-200-200-10. Their table of the client fraction has 97 % of the test images after 87 rounds (recalled,
 * not looked up). As there, a curve is the best accuracy so far, with straight lines between rounds.
 *
 * The rate behind the 87 is not published, nor are initial weights and scaling of inputs; the paper took the best rate
 * of a grid of factors 10^(1/3). By that rule the simulator does NOT reproduce the number: its best rate needs far
 * fewer rounds, and the row fails for it. Nothing here explains that; with one client a round it is the same (one run at
 * 0.0464: 155 rounds, 316 published, recalled too), so no single rate gives both numbers. The other row is the rate of
 * the grid that comes nearest to 87: chosen for the number, so it says only that the curve is a possible one.
 */
import { initialiseBackend } from "../../ml/backend.ts"
import { loadDataset } from "../../ml/datasets/registry.ts"
import { federate } from "../../ml/federation/federate.ts"
import { mlp } from "../../ml/models/mlp.ts"
import { mean } from "../../sim/results/interval.ts"
import { factorRow, type ValidationTarget } from "./target.ts"

export const PUBLISHED_ROUNDS = 87
export const TARGET_ACCURACY = 0.97
const FACTOR = 1.5
/** What takes longer counts as one more than this. */
const MOST_ROUNDS = Math.ceil(FACTOR * PUBLISHED_ROUNDS)

/** 10^(−4/3) to 10^(−1/3). */
export const LEARNING_RATES = [0.0464, 0.1, 0.2154, 0.4642] as const
/** The rate of the grid that comes nearest to the publication. */
const NEAREST_RATE = LEARNING_RATES[0]

const SEEDS = ["v13/1", "v13/2", "v13/3"]

/** Accuracy after each round, the beginning first, up to the target or to the most rounds that are of interest. */
export const curveOf = (learningRate: number, seed: string): readonly number[] => {
  const accuracies: number[] = []
  const rounds = federate({
    dataset: loadDataset("mnist"),
    model: mlp({ inputs: 784, hidden: [200, 200], classes: 10 }),
    rounds: MOST_ROUNDS,
    clients: 100,
    clientFraction: 0.1,
    partition: { kind: "iid" },
    samplesPerClient: 600,
    training: { epochs: 1, batchSize: 10, learningRate },
    seed,
  })
  for (const { accuracy } of rounds) {
    accuracies.push(accuracy)
    if (accuracy >= TARGET_ACCURACY) break
  }
  return accuracies
}

/** Where the best accuracy so far crosses the target, between rounds too; one more than there are rounds if it does not. */
export const roundsToTarget = (accuracies: readonly number[]): number => {
  let best = 0
  for (const [round, accuracy] of accuracies.entries()) {
    if (accuracy >= TARGET_ACCURACY) return round - 1 + (TARGET_ACCURACY - best) / (accuracy - best)
    best = Math.max(best, accuracy)
  }
  return accuracies.length
}

const roundsAt = (rate: number): readonly number[] => SEEDS.map((seed) => roundsToTarget(curveOf(rate, seed)))

export const v13: ValidationTarget = {
  id: "V13",
  title: "MNIST by federated averaging: rounds to 97 % of the test images",
  source:
    "McMahan et al. 2017, 100 clients, C = 0.1, E = 1, B = 10, IID, 784-200-200-10: 87 rounds, recalled",
  kind: "statistical",
  rows: async (mode) => {
    // A quarter of an hour of one core; nothing of it takes seconds.
    if (mode === "quick") return []
    await initialiseBackend()
    const nearest = {
      label: `η = ${NEAREST_RATE}, nearest of the grid: within a factor`,
      expected: PUBLISHED_ROUNDS,
      replicates: roundsAt(NEAREST_RATE),
      factor: FACTOR,
    }
    const others = LEARNING_RATES.filter((rate) => rate !== NEAREST_RATE)
    const best = others
      .map((rate) => ({ rate, replicates: roundsAt(rate) }))
      .toSorted((a, b) => mean(a.replicates) - mean(b.replicates))[0]!
    return [
      factorRow(nearest),
      factorRow({
        label: `η = ${best.rate}, best of the grid: within a factor`,
        expected: PUBLISHED_ROUNDS,
        replicates: best.replicates,
        factor: FACTOR,
      }),
    ]
  },
}
