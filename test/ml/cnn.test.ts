import * as fc from "fast-check"
import { beforeAll, describe, expect, test } from "vitest"
import { initialiseBackend } from "../../ml/backend.ts"
import { cnn } from "../../ml/models/cnn.ts"
import { initialWeights, layerPlaces, nameOfModel, parameterCount } from "../../ml/models/model.ts"
import { ModelSpecInvalid } from "../../ml/models/modelErrors.ts"
import { disposeTensors } from "../../ml/models/network.ts"
import { networkOf } from "../../ml/models/networkOf.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"

beforeAll(async () => {
  await initialiseBackend()
})

const published = cnn({
  inputShape: [28, 28, 1],
  filters: [32, 64],
  kernelSize: 5,
  dense: [512],
  classes: 10,
})

const sizes = fc.record({
  inputShape: fc.tuple(
    fc.integer({ min: 4, max: 12 }),
    fc.integer({ min: 4, max: 12 }),
    fc.integer({ min: 1, max: 3 }),
  ),
  filters: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 2 }),
  kernelSize: fc.integer({ min: 1, max: 5 }),
  dense: fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 2 }),
  classes: fc.integer({ min: 1, max: 5 }),
})

describe("the convolutional network's specification", () => {
  test("counts the parameters of McMahan et al.'s network", () => {
    expect(parameterCount(published)).toBe(1_663_370)
    expect(layerPlaces(published).map(({ length }) => length)).toEqual([832, 51_264, 1_606_144, 5_130])
    expect(nameOfModel(published)).toBe("28×28×1-conv5×5(32)-conv5×5(64)-512-10")
  })

  test("drops an odd row or column at each pooling", () => {
    const odd = cnn({ inputShape: [7, 11, 1], filters: [2, 3], kernelSize: 3, dense: [], classes: 4 })
    // 7 × 11 becomes 3 × 5, then 1 × 2.
    expect(layerPlaces(odd).at(-1)!.inputs).toBe(1 * 2 * 3)
  })

  test.each([
    [{ inputShape: [0, 28, 1] as const }, "inputShape[0] is 0"],
    [{ filters: [] }, "filters is empty"],
    [{ filters: [4, 0.5] }, "filters[1] is 0.5"],
    [{ kernelSize: -3 }, "kernelSize is -3"],
    [{ dense: [NaN] }, "dense[0] is NaN"],
    [{ inputShape: [7, 28, 1] as const, filters: [2, 2, 2] }, "the shorter one has 7"],
    [{ dense: [100_000] }, "parameters"],
  ])("refuses %o", (wrong, problem) => {
    expect(() => cnn({ ...published, ...wrong })).toThrow(ModelSpecInvalid)
    expect(() => cnn({ ...published, ...wrong })).toThrow(problem)
  })
})

describe("weights of the convolutional network", () => {
  test("start inside Glorot's limits, the fans of a convolution being its taps times its channels, with biases zero", () => {
    const weights = initialWeights(published, deriveStream("1", "init"))
    const limits = [
      Math.sqrt(6 / (25 * 1 + 25 * 32)),
      Math.sqrt(6 / (25 * 32 + 25 * 64)),
      Math.sqrt(6 / (3_136 + 512)),
      Math.sqrt(6 / (512 + 10)),
    ]
    layerPlaces(published).forEach(({ inputs, outputs, offset, length }, layer) => {
      let largest = 0
      for (let i = offset; i < offset + inputs * outputs; i++) {
        largest = Math.max(largest, Math.abs(weights[i]!))
      }
      expect(largest).toBeLessThanOrEqual(limits[layer]!)
      expect(largest).toBeGreaterThan(0.95 * limits[layer]!)
      expect(weights.subarray(offset + inputs * outputs, offset + length).every((bias) => bias === 0)).toBe(
        true,
      )
    })
  })

  test("survive the way to tensors and back", () => {
    fc.assert(
      fc.property(sizes, fc.string(), (given, seed) => {
        const spec = cnn(given)
        const stream = deriveStream(seed, "weights")
        const weights = Float32Array.from({ length: parameterCount(spec) }, () => stream.normal())
        const network = networkOf(spec)
        const tensors = network.toTensors(weights)
        expect(network.toWeights(tensors)).toEqual(weights)
        disposeTensors(tensors)
      }),
    )
  })
})
