/**
 * V10: federated averaging on two quadratics, against its closed form.
 *
 * fᵢ(w) = hᵢ(w − cᵢ)²/2, E local steps at rate η, ρᵢ = (1 − ηhᵢ)^E. The average settles at
 * Σpᵢ(1 − ρᵢ)cᵢ / Σpᵢ(1 − ρᵢ), not at the common optimum Σpᵢhᵢcᵢ / Σpᵢhᵢ (client drift), and its error shrinks by
 * Σpᵢρᵢ a round. Runs the path of a real round: local training, weight updates in the store, `fedAvg`, global model.
 */
import { fedAvg } from "../../ml/aggregation/fedAvg.ts"
import { mlp } from "../../ml/models/mlp.ts"
import { descendQuadratic, type Quadratic } from "../../ml/models/quadratic.ts"
import { applyUpdate, updateBetween } from "../../ml/models/weightUpdate.ts"
import { createContentStore } from "../../ml/store/contentStore.ts"
import { decodeWeights, encodeWeights } from "../../ml/store/weightsDocument.ts"
import { exactRow, type ValidationTarget } from "./target.ts"

const LEARNING_RATE = 0.05
const ROUNDS = 120
const TOLERANCE = 1e-6

/**
 * h = [1, 10], c = [0, 1], p = ½ each. Two weights are the same problem twice, started at 0 and at 1: below and above
 * where it settles. They are the two parameters of the smallest perceptron, so that documents can carry them.
 */
const clients: readonly Quadratic[] = [
  { curvatures: [1, 1], centres: [0, 0] },
  { curvatures: [10, 10], centres: [1, 1] },
]
const model = mlp({ inputs: 1, hidden: [], classes: 1 })
const start = Float32Array.of(0, 1)

/** The global model after each round, the start first. */
const trajectory = (localSteps: number): readonly Float32Array[] => {
  const store = createContentStore()
  const path: Float32Array[] = [start]
  for (let round = 1; round <= ROUNDS; round++) {
    const global = path.at(-1)!
    const base = store.put(
      encodeWeights({ kind: "model", model, round: round - 1, samples: 0, base: null, values: global }),
    )
    const cids = clients.map((client) => {
      const trained = descendQuadratic(client, global, { steps: localSteps, learningRate: LEARNING_RATE })
      const values = updateBetween(global, trained)
      return store.put(encodeWeights({ kind: "update", model, round, samples: 600, base, values }))
    })
    const contributions = cids.map((cid, i) => ({ ...decodeWeights(store.get(cid)), name: `client-${i}` }))
    path.push(applyUpdate(global, fedAvg(contributions)))
  }
  return path
}

/** Where each start ends, and the factor of its first step to its second: that needs no knowledge of the limit. */
const observe = (localSteps: number) => {
  const path = trajectory(localSteps)
  const last = path.at(-1)!
  const [first, second] = [updateBetween(path[0]!, path[1]!), updateBetween(path[1]!, path[2]!)]
  return {
    fromBelow: last[0]!,
    fromAbove: last[1]!,
    contraction: second[0]! / first[0]!,
    contractionFromAbove: second[1]! / first[1]!,
  }
}

export const v10: ValidationTarget = {
  id: "V10",
  title: "FedAvg on quadratics: fixed point, contraction, client drift",
  source: "Σpᵢ(1 − ρᵢ)cᵢ / Σpᵢ(1 − ρᵢ) and Σpᵢρᵢ with ρᵢ = (1 − ηhᵢ)^E; h = [1, 10], c = [0, 1], η = 0.05",
  kind: "exact",
  rows: async () => {
    const ten = observe(10)
    const one = observe(1)
    const row = (label: string, expected: number, simulated: number) =>
      exactRow({ label, expected, simulated, tolerance: TOLERANCE })
    return [
      row("fixed point, E = 10, from below", 0.7134421697, ten.fromBelow),
      row("fixed point, E = 10, from above", 0.7134421697, ten.fromAbove),
      row("contraction a round, E = 10", 0.2998567509, ten.contraction),
      row("contraction a round, E = 10, from above", 0.2998567509, ten.contractionFromAbove),
      row("client drift from the optimum 10/11, E = 10", 0.7134421697 - 10 / 11, ten.fromBelow - 10 / 11),
      row("fixed point, E = 1: the optimum", 10 / 11, one.fromBelow),
      row("contraction a round, E = 1", 0.725, one.contraction),
    ]
  },
}
