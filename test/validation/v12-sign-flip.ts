/**
 * V12: what m of n clients do to the mean who send −g times the honest update.
 *
 * The average is (n − m − g·m)/n of what it would be. On quadratics, where honest work shrinks the error by ρ, the error
 * then shrinks by 1 − (1 − ρ)(n − m − g·m)/n a round, and nothing is learnt at g = (n − m)/m. All rows run federations
 * (`ml/federation`): exact ones on quadratics, statistical ones on MNIST with real training.
 *
 * On real training the share of the honest step that is left is measured as ⟨a, h⟩/⟨h, h⟩, where a and h are the global
 * model's steps with and without attackers from the same start, shards and shuffles. Attackers are drawn at random, so
 * its mean is (n − m − g·m)/n whatever the model and the data. What that does to the loss has no closed form; but one
 * client of ten that flips its sign (g = 1) leaves as much of the step, 0.8, as two that send nothing: their losses after
 * some rounds must agree.
 */
import { initialiseBackend } from "../../ml/backend.ts"
import type { Dataset } from "../../ml/datasets/dataset.ts"
import { loadMnist } from "../../ml/datasets/mnist.ts"
import { federate } from "../../ml/federation/federate.ts"
import type { FederationOptions } from "../../ml/federation/federationOptions.ts"
import { mlp } from "../../ml/models/mlp.ts"
import { descendQuadratic } from "../../ml/models/quadratic.ts"
import { updateBetween } from "../../ml/models/weightUpdate.ts"
import type { PartitionKind } from "../../ml/partition/partition.ts"
import type { AttackInput } from "../../ml/poisoning/attackSpec.ts"
import { exactRow, statisticalRow, type ValidationRow, type ValidationTarget } from "./target.ts"

const CLIENTS = 10

/** Share of the honest step that is left. */
const shareLeft = (attackers: number, strength: number): number =>
  (CLIENTS - attackers - strength * attackers) / CLIENTS

const attackersOf = (attackers: number, attack: AttackInput) =>
  attackers === 0 ? {} : { attackers: { share: attackers / CLIENTS, attack } }

/** A federation whose clients all have the loss w²/2 in each of two weights; one step at rate 0.4 makes ρ = 0.6. */
const quadratics = (attackers: number, strength: number): FederationOptions => ({
  dataset: noData,
  model: mlp({ inputs: 1, hidden: [], classes: 1 }),
  rounds: 8,
  clients: CLIENTS,
  partition: { kind: "iid" },
  training: { epochs: 1, batchSize: 1, learningRate: 0.4 },
  initialWeights: Float32Array.of(1, -3),
  seed: "1",
  ...attackersOf(attackers, { attack: "signFlip", strength }),
  train: ({ weights, learningRate }) => {
    const quadratic = { curvatures: [1, 1], centres: [0, 0] }
    const trained = descendQuadratic(quadratic, weights, { steps: 1, learningRate })
    return { weights: trained, samples: 1, samplesProcessed: 1, steps: 1, finalLoss: 0 }
  },
  evaluate: ({ weights }) => {
    const loss = (weights[0]! ** 2 + weights[1]! ** 2) / 2
    return { total: 1, correct: 0, accuracy: 0, loss, perClass: [] }
  },
})

/** One example a client, which nobody looks at. */
const noData: Dataset = (() => {
  const examples = { size: CLIENTS, inputs: new Uint8Array(CLIENTS), labels: new Uint8Array(CLIENTS) }
  return { name: "none", inputShape: [1], classes: 1, train: examples, test: examples, hash: "none" }
})()

/** Of all rounds and both weights, the factor of the error that is furthest from the expected one. */
const worstFactor = (attackers: number, strength: number, expected: number): number => {
  const path = Array.from(federate(quadratics(attackers, strength)), ({ weights }) => weights)
  const factors = path.slice(1).flatMap((weights, round) => [...weights].map((w, i) => w / path[round]![i]!))
  return factors.reduce((worst, factor) =>
    Math.abs(factor - expected) > Math.abs(worst - expected) ? factor : worst,
  )
}

const quadraticRows = (): readonly ValidationRow[] =>
  (
    [
      [0, 1, "honest"],
      [1, 1, "m = 1, g = 1"],
      [3, 2, "m = 3, g = 2"],
      [1, 9, "m = 1 stalls at g = 9"],
      [2, 4, "m = 2 stalls at g = 4"],
      [3, 7 / 3, "m = 3 stalls at g = 7/3"],
      [2, 5, "m = 2, g = 5 drives it away"],
    ] as const
  ).map(([attackers, strength, label]) => {
    const expected = 1 - 0.4 * shareLeft(attackers, attackers === 0 ? 0 : strength)
    const simulated = worstFactor(attackers, strength, expected)
    return exactRow({ label: `error factor a round, ${label}`, expected, simulated, tolerance: 1e-6 })
  })

const mnist = (partition: PartitionKind, seed: number, dataset: Dataset): FederationOptions => ({
  dataset,
  model: mlp({ inputs: 784, hidden: [16], classes: 10 }),
  rounds: 1,
  clients: CLIENTS,
  partition,
  samplesPerClient: 60,
  training: { epochs: 1, batchSize: 10, learningRate: 0.1 },
  evaluationIndices: Array.from({ length: 1_000 }, (_, i) => i),
  seed: String(seed),
})

/** The step of the first round, from the start to the first average. */
const firstStep = (options: FederationOptions): Float32Array => {
  const [start, after] = [...federate(options)]
  return updateBetween(start!.weights, after!.weights)
}

const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0)

const lastLoss = (options: FederationOptions): number => [...federate(options)].at(-1)!.loss

export const v12: ValidationTarget = {
  id: "V12",
  title: "Sign flip under the mean: what is left of the honest step, and where it stalls",
  source:
    "1 − (1 − ρ)(n − m − g·m)/n; n = 10, ρ = 0.6; MNIST 784-16-10, 60 examples each; widths of intervals as stated in each row",
  kind: "statistical",
  rows: async (mode) => {
    await initialiseBackend()
    const dataset = loadMnist()
    const [steps, losses] = mode === "quick" ? [10, 5] : [60, 30]
    const seeds = (count: number) => Array.from({ length: count }, (_, i) => i + 1)
    const stepRow = (label: string, partition: PartitionKind, strength: number, width: number) => {
      const replicates = seeds(steps).map((seed) => {
        const honest = mnist(partition, seed, dataset)
        const h = firstStep(honest)
        const a = firstStep({ ...honest, ...attackersOf(1, { attack: "signFlip", strength }) })
        return dot(a, h) / dot(h, h)
      })
      const tolerance = mode === "quick" ? 3 * width : width
      return statisticalRow({ label, expected: shareLeft(1, strength), replicates, tolerance })
    }
    const lossReplicates = seeds(losses).map((seed) => {
      const honest = { ...mnist({ kind: "iid" }, seed, dataset), rounds: 6 }
      const flipped = lastLoss({ ...honest, ...attackersOf(1, { attack: "signFlip", strength: 1 }) })
      const idle = lastLoss({ ...honest, ...attackersOf(2, { attack: "freeRider" }) })
      return flipped / idle
    })
    return [
      ...quadraticRows(),
      stepRow("share of the honest step left on MNIST, IID, m = 1, g = 1", { kind: "iid" }, 1, 0.016),
      stepRow("the same at g = 9: stalls", { kind: "iid" }, 9, 0.1),
      stepRow("the same, Dirichlet 0.1, g = 1", { kind: "dirichlet", alpha: 0.1 }, 1, 0.08),
      statisticalRow({
        label: "loss after 6 rounds, one sign flip ÷ two that send nothing",
        expected: 1,
        replicates: lossReplicates,
        tolerance: mode === "quick" ? 0.1 : 0.02,
      }),
    ]
  },
}
