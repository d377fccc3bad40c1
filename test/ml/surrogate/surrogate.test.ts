import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { fedAvg } from "../../../ml/aggregation/fedAvg.ts"
import { initialiseBackend } from "../../../ml/backend.ts"
import { mlp } from "../../../ml/models/mlp.ts"
import { initialWeights } from "../../../ml/models/model.ts"
import { applyUpdate, updateBetween } from "../../../ml/models/weightUpdate.ts"
import { garbage } from "../../../ml/poisoning/garbage.ts"
import { labelFlip } from "../../../ml/poisoning/labelFlip.ts"
import { signFlip } from "../../../ml/poisoning/signFlip.ts"
import { expectedAccuracy } from "../../../ml/surrogate/expectation.ts"
import { landscapeOf } from "../../../ml/surrogate/landscape.ts"
import { marginsOf } from "../../../ml/surrogate/margins.ts"
import type { SurrogateParameters } from "../../../ml/surrogate/parameters.ts"
import { createSurrogate } from "../../../ml/surrogate/surrogate.ts"
import { train, type TrainingRequest } from "../../../ml/training/train.ts"
import { deriveStream } from "../../../sim/kernel/randomStream.ts"
import { examples, roundParameters, standIn, withoutNoise } from "./perceptronStandIn.ts"

const surrogateWith = (parameters: SurrogateParameters) => createSurrogate({ dataset: examples, parameters })
const surrogate = surrogateWith(roundParameters)
const start = initialWeights(standIn, deriveStream("test", "weights"))

const shard = (from: number, samples = 300): Uint32Array =>
  Uint32Array.from({ length: samples }, (_, i) => from + i)

const request = (over: Partial<TrainingRequest> = {}): TrainingRequest => ({
  model: standIn,
  weights: start,
  dataset: examples,
  indices: shard(0),
  epochs: 1,
  batchSize: 32,
  learningRate: 0.1,
  seed: "a",
  ...over,
})

const accuracyOf = (weights: Float32Array): number =>
  surrogate.evaluate({ model: standIn, weights, dataset: examples }).accuracy

/** Weights after some rounds of federated averaging of ten clients. */
const federated = (rounds: number): Float32Array => {
  let weights = start
  for (let round = 0; round < rounds; round++) {
    const updates = Array.from({ length: 10 }, (_, client) => {
      const training = request({ weights, indices: shard(300 * client), seed: `${round}/${client}` })
      const values = updateBetween(weights, surrogate.train(training).weights)
      return { name: `client-${client}`, values, samples: 300 }
    })
    weights = applyUpdate(weights, fedAvg(updates))
  }
  return weights
}

const learnt = federated(5)

describe("training the surrogate", () => {
  it("gives the same bits for the same request, and leaves the start untouched", () => {
    const before = start.slice()
    const first = surrogate.train(request())
    const second = surrogateWith(roundParameters).train(request())
    expect(first).toEqual(second)
    expect(start).toEqual(before)
  })

  it("knows nothing at first, and learns", () => {
    expect(accuracyOf(start)).toBeCloseTo(0.1, 1)
    expect(accuracyOf(learnt)).toBeGreaterThan(0.6)
  })

  it("counts work as real training does: samples, samples worked through, steps", () => {
    const { samples, samplesProcessed, steps } = surrogate.train(request({ epochs: 3 }))
    expect([samples, samplesProcessed, steps]).toEqual([300, 900, 30])
  })

  it("errs alike from neighbouring starts: noise belongs to seed and shard, not to weights", () => {
    const nudged = start.map((weight) => weight + 1e-6)
    const [one, other] = [surrogate.train(request()), surrogate.train(request({ weights: nudged }))]
    const distance = Math.max(...one.weights.map((weight, i) => Math.abs(weight - other.weights[i]!)))
    expect(distance).toBeLessThan(1e-5)
    expect(surrogate.train(request({ seed: "b" })).weights).not.toEqual(one.weights)
  })

  it("takes two trainings in a row to where one twice as long ends, where nothing is left to chance", () => {
    const quiet = surrogateWith(withoutNoise)
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }),
        fc.double({ min: 0.01, max: 0.3, noNaN: true }),
        (epochs, learningRate) => {
          const once = quiet.train(request({ epochs, learningRate }))
          const twice = quiet.train(request({ epochs, learningRate, weights: once.weights }))
          const long = quiet.train(request({ epochs: 2 * epochs, learningRate }))
          for (const [i, weight] of twice.weights.entries()) expect(weight).toBeCloseTo(long.weights[i]!, 5)
        },
      ),
      { numRuns: 25 },
    )
  })

  it("learns nothing of a class that its shard lacks, and answers it less", () => {
    const quiet = surrogateWith(withoutNoise)
    const { labels } = examples.train
    const indices = Uint32Array.from(labels.keys())
      .filter((i) => labels[i] !== 3)
      .slice(0, 300)
    const { weights } = quiet.train(request({ indices, epochs: 20 }))
    const { perClass } = quiet.evaluate({ model: standIn, weights, dataset: examples })
    const [absent, present] = [perClass[3]!, perClass[4]!]
    expect(absent.correct / absent.total).toBeLessThan(0.02)
    expect(present.correct / present.total).toBeGreaterThan(0.5)
  })

  it("is worth more averaged over shards than alone", () => {
    const alone = surrogate.train(request({ weights: learnt, indices: shard(0) })).weights
    expect(accuracyOf(federated(6))).toBeGreaterThan(accuracyOf(alone))
  })
})

describe("attacks on the surrogate", () => {
  const honest = updateBetween(learnt, surrogate.train(request({ weights: learnt })).weights)

  it("suffers from a sign flip, the more the stronger", () => {
    const after = (strength: number) => accuracyOf(applyUpdate(learnt, signFlip(honest, strength)))
    expect(after(4)).toBeLessThan(after(1))
    expect(after(1)).toBeLessThan(accuracyOf(applyUpdate(learnt, honest)))
  })

  it("suffers from training on wrong labels", () => {
    const dataset = labelFlip(examples, { seed: "flip" })
    const { weights } = surrogate.train(request({ weights: learnt, dataset }))
    expect(accuracyOf(weights)).toBeLessThan(accuracyOf(learnt))
  })

  it("falls to chance under noise without bound", () => {
    const stream = deriveStream("test", "noise")
    const noise = garbage({ length: start.length, deviation: 1_000, stream })
    expect(Math.abs(accuracyOf(applyUpdate(learnt, noise)) - 0.1)).toBeLessThan(0.15)
  })
})

describe("evaluating the surrogate", () => {
  it("finds the sum of what it finds on parts, whichever the parts", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 3_999 }), (cut) => {
        const count = (indices: Uint32Array) =>
          surrogate.evaluate({ model: standIn, weights: learnt, dataset: examples, indices }).correct
        const all = Uint32Array.from({ length: 4_000 }, (_, i) => i)
        expect(count(all.slice(0, cut)) + count(all.slice(cut))).toBe(count(all))
      }),
      { numRuns: 20 },
    )
  })

  it("errs on a sample as samples do: within five deviations of what it expects", () => {
    const landscape = landscapeOf(standIn, roundParameters)
    const { labels, size } = examples.test
    const shares = Array.from({ length: 10 }, (_, k) => labels.filter((label) => label === k).length / size)
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer(), (share, seed) => {
        const stream = deriveStream(String(seed), "noise")
        const weights = learnt.map((weight) => share * weight + 0.02 * stream.normal())
        const expected = expectedAccuracy(marginsOf(weights, landscape, roundParameters), shares)
        const counted = accuracyOf(weights)
        expect(Math.abs(counted - expected)).toBeLessThan(5 * Math.sqrt((expected * (1 - expected)) / size))
      }),
      { numRuns: 50 },
    )
  })

  it("lets models disagree on examples the more, the more their idle weights differ", () => {
    const answers = (weights: Float32Array): boolean[] =>
      Array.from({ length: 500 }, (_, i) => {
        const indices = Uint32Array.of(i)
        return surrogate.evaluate({ model: standIn, weights, dataset: examples, indices }).correct === 1
      })
    const moved = (deviation: number): Float32Array => {
      const stream = deriveStream("test", "idle")
      return learnt.map((weight) => weight + deviation * stream.normal())
    }
    const reference = answers(learnt)
    const disagreement = (deviation: number): number =>
      answers(moved(deviation)).filter((right, i) => right !== reference[i]).length
    expect(disagreement(0)).toBe(0)
    const [little, much] = [disagreement(0.005), disagreement(0.05)]
    expect(little).toBeLessThan(much)
    expect(much).toBeLessThan(250)
  })

  it("gives any weights an answer, also such as are no numbers", () => {
    const weights = learnt.map((_, i) => (i % 2 === 0 ? NaN : Infinity))
    const { accuracy, loss } = surrogate.evaluate({ model: standIn, weights, dataset: examples })
    expect(accuracy).toBe(0)
    expect(loss).toBe(1_000)
  })
})

describe("requests that make no sense", () => {
  const trained = (over: Partial<TrainingRequest>) => () => surrogate.train(request(over))

  it.each([
    ["epochs", { epochs: 0 }],
    ["batchSize", { batchSize: 1.5 }],
    ["learningRate", { learningRate: 0 }],
    ["momentum", { momentum: 1 }],
    ["proximal", { proximal: 0.1 }],
    ["indices", { indices: [] }],
  ])("are refused with the field %s", (field, over) => {
    expect(trained(over)).toThrow(expect.objectContaining({ _tag: "TrainingRequestInvalid", field }))
  })

  it("are refused for weights, examples and data sets that are not the model's", () => {
    expect(trained({ weights: start.slice(1) })).toThrow(
      expect.objectContaining({ _tag: "WeightsSizeMismatch" }),
    )
    expect(trained({ indices: [4_000] })).toThrow(expect.objectContaining({ _tag: "ExampleOutOfRange" }))
    expect(trained({ model: { ...standIn, dataset: "mnist" } })).toThrow(
      expect.objectContaining({ _tag: "ModelSpecInvalid" }),
    )
    expect(trained({ model: { ...standIn, classes: 9 } })).toThrow(
      expect.objectContaining({ _tag: "ModelSpecInvalid" }),
    )
  })

  it("are refused for a real model here, and for a surrogate where real models are trained", async () => {
    await initialiseBackend()
    const real = mlp({ inputs: 20, hidden: [32], classes: 10 })
    const invalid = expect.objectContaining({ _tag: "ModelSpecInvalid" })
    expect(trained({ model: real })).toThrow(invalid)
    expect(() => train(request())).toThrow(invalid)
  })
})
