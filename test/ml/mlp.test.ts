import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { initialiseBackend } from "../../ml/backend.ts"
import { mlp } from "../../ml/models/mlp.ts"
import { checkWeights, initialWeights, layerPlaces, parameterCount } from "../../ml/models/model.ts"
import { ModelSpecInvalid, WeightsSizeMismatch } from "../../ml/models/modelErrors.ts"
import { tensorsToWeights, weightsToTensors } from "../../ml/models/mlpTensors.ts"
import { disposeTensors } from "../../ml/models/network.ts"
import { applyUpdate, updateBetween } from "../../ml/models/weightUpdate.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"

const sizes = fc.record({
  inputs: fc.integer({ min: 1, max: 20 }),
  hidden: fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 3 }),
  classes: fc.integer({ min: 1, max: 10 }),
})

describe("the perceptron's specification", () => {
  test("counts the parameters of McMahan et al.'s network and of ours", () => {
    expect(parameterCount(mlp({ inputs: 784, hidden: [200, 200], classes: 10 }))).toBe(199_210)
    expect(parameterCount(mlp({ inputs: 784, hidden: [32], classes: 10 }))).toBe(25_450)
  })

  test("places layers one behind the other without gaps", () => {
    fc.assert(
      fc.property(sizes, (given) => {
        const model = mlp(given)
        let end = 0
        for (const place of layerPlaces(model)) {
          expect(place.offset).toBe(end)
          end += place.length
        }
        expect(end).toBe(parameterCount(model))
      }),
    )
  })

  test.each([
    [{ inputs: 0, hidden: [2], classes: 2 }, "inputs is 0"],
    [{ inputs: 4, hidden: [2, 1.5], classes: 2 }, "hidden[1] is 1.5"],
    [{ inputs: 4, hidden: [2], classes: NaN }, "classes is NaN"],
    [{ inputs: 100_000, hidden: [100_000], classes: 2 }, "parameters"],
  ])("refuses %o", (given, problem) => {
    expect(() => mlp(given)).toThrow(ModelSpecInvalid)
    expect(() => mlp(given)).toThrow(problem)
  })
})

describe("weights", () => {
  const model = mlp({ inputs: 30, hidden: [20], classes: 10 })

  const draw = (seed: string): Float32Array => initialWeights(model, deriveStream(seed, "init"))

  test("start inside Glorot's limits with biases zero, and fill the limits", () => {
    const weights = draw("1")
    for (const { inputs, outputs, offset, length } of layerPlaces(model)) {
      const limit = Math.sqrt(6 / (inputs + outputs))
      const isBias = (i: number): boolean => i % (inputs + 1) === inputs
      const layer = [...weights.subarray(offset, offset + length)]
      const matrix = layer.filter((_, i) => !isBias(i)).map(Math.abs)
      expect(matrix.length).toBe(inputs * outputs)
      expect(Math.max(...matrix)).toBeLessThanOrEqual(limit)
      expect(Math.max(...matrix)).toBeGreaterThan(0.95 * limit)
      expect(layer.filter((_, i) => isBias(i)).every((bias) => bias === 0)).toBe(true)
    }
  })

  test("are the same for the same stream and others for another", () => {
    expect(draw("1")).toEqual(draw("1"))
    expect(draw("1")).not.toEqual(draw("2"))
  })

  test("survive the way to tensors and back", async () => {
    await initialiseBackend()
    fc.assert(
      fc.property(sizes, fc.string(), (given, seed) => {
        const spec = mlp(given)
        const stream = deriveStream(seed, "weights")
        const weights = Float32Array.from({ length: parameterCount(spec) }, () => stream.normal())
        const layers = weightsToTensors(spec, weights)
        expect(tensorsToWeights(spec, layers)).toEqual(weights)
        disposeTensors(layers)
      }),
      { numRuns: 30 },
    )
  })

  test("of another length are refused with both lengths", () => {
    expect(() => checkWeights(model, new Float32Array(3))).toThrow(
      "the model has 830 weights, but 3 were given",
    )
    expect(() => checkWeights(model, new Float32Array(3))).toThrow(WeightsSizeMismatch)
  })
})

describe("a weight update", () => {
  const values = fc.array(fc.float({ min: -4, max: 4, noNaN: true }), { minLength: 1, maxLength: 30 })

  test("added to its base gives the trained weights, up to one rounding of the difference", () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const length = Math.min(a.length, b.length)
        const base = Float32Array.from(a.slice(0, length))
        const trained = Float32Array.from(b.slice(0, length))
        applyUpdate(base, updateBetween(base, trained)).forEach((weight, i) => {
          expect(Math.abs(weight - trained[i]!)).toBeLessThan(1e-6)
        })
      }),
    )
  })

  test("fits only weights of its length", () => {
    expect(() => updateBetween(new Float32Array(2), new Float32Array(3))).toThrow(WeightsSizeMismatch)
    expect(() => applyUpdate(new Float32Array(2), new Float32Array(3))).toThrow(WeightsSizeMismatch)
  })
})
