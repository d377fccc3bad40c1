import * as tf from "@tensorflow/tfjs-core"
import { version_cpu } from "@tensorflow/tfjs-backend-cpu"
import * as fc from "fast-check"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { initialiseBackend } from "../../ml/backend.ts"
import { KernelRefusal } from "../../ml/kernels/wasmKernel.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import {
  referenceConvolution,
  referenceFilterGradient,
  referenceInputGradient,
  referenceMaxima,
} from "./referenceConvolution.ts"

beforeAll(async () => {
  await initialiseBackend()
})
afterAll(() => tf.setBackend("wasm"))

test("the CPU backend that serves as a comparison has the version of the WebAssembly one", async () => {
  expect(version_cpu).toBe((await initialiseBackend()).version)
})

type Shape = [number, number, number, number]

const side = fc.integer({ min: 1, max: 9 })
const few = fc.integer({ min: 1, max: 5 })
const stride = fc.integer({ min: 1, max: 3 })
const margin = fc.integer({ min: 0, max: 3 })
const margins = fc.tuple(margin, margin)

const shapes = fc
  .record({
    input: fc.tuple(few, side, side, few),
    taps: fc.tuple(few, few),
    filters: few,
    strides: fc.tuple(stride, stride),
    pad: fc.oneof(
      fc.constantFrom("same" as const, "valid" as const),
      fc
        .tuple(margins, margins)
        .map(([rows, columns]): tf.backend_util.ExplicitPadding => [[0, 0], rows, columns, [0, 0]]),
    ),
    seed: fc.string(),
  })
  .map(({ input, taps, filters, strides, pad, seed }) => {
    const filter: Shape = [...taps, input[3], filters]
    const info = tf.backend_util.computeConv2DInfo(input, filter, strides, 1, pad)
    return { input, filter, strides, pad, seed, info }
  })
  .filter(({ info }) => info.outHeight > 0 && info.outWidth > 0)

const draw = (seed: string, shape: readonly number[]): Float32Array => {
  const stream = deriveStream(seed, "test/kernels")
  return Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => stream.normal())
}

/** A kernel's output as numbers. */
const outputOf = (name: string, inputs: Record<string, tf.Tensor>, attributes: object): Float32Array => {
  const output = tf.engine().runKernel<tf.Tensor>(name, inputs, attributes as tf.NamedAttrMap)
  const numbers = output.dataSync<"float32">().slice()
  output.dispose()
  return numbers
}

const tensorOf = (numbers: Float32Array, shape: Shape): tf.Tensor4D => tf.tensor4d(numbers, shape)

/** Largest difference, in units of the reference's largest number. */
const relativeError = (actual: ArrayLike<number>, expected: ArrayLike<number>): number => {
  expect(actual.length).toBe(expected.length)
  let largest = 0
  let difference = 0
  for (let i = 0; i < expected.length; i++) {
    largest = Math.max(largest, Math.abs(expected[i]!))
    difference = Math.max(difference, Math.abs(actual[i]! - expected[i]!))
  }
  return difference === 0 ? 0 : difference / largest
}

describe.each(["wasm", "cpu"])("on %s", (backend) => {
  beforeAll(async () => {
    await tf.setBackend(backend)
  })

  test("the gradient of a filter is the float64 one within 1e-5 of its largest, for any shape, stride and padding", () => {
    fc.assert(
      fc.property(shapes, ({ input, filter, strides, pad, seed, info }) => {
        const [x, dy] = [draw(`${seed}/x`, input), draw(`${seed}/dy`, info.outShape)]
        const before = tf.memory().numTensors
        const tensors = { x: tensorOf(x, input), dy: tensorOf(dy, info.outShape) }
        const attributes = { strides, pad, dataFormat: "NHWC", filterShape: filter }
        const actual = outputOf(tf.Conv2DBackpropFilter, tensors, attributes)
        expect(relativeError(actual, referenceFilterGradient(info, x, dy))).toBeLessThan(1e-5)
        tf.dispose(tensors)
        expect(tf.memory().numTensors).toBe(before)
      }),
      { numRuns: 200 },
    )
  })

  test("so is the gradient at the input", () => {
    fc.assert(
      fc.property(shapes, ({ input, filter, strides, pad, seed, info }) => {
        const [weights, dy] = [draw(`${seed}/w`, filter), draw(`${seed}/dy`, info.outShape)]
        const tensors = { filter: tensorOf(weights, filter), dy: tensorOf(dy, info.outShape) }
        const attributes = { strides, pad, dataFormat: "NHWC", inputShape: input }
        const actual = outputOf(tf.Conv2DBackpropInput, tensors, attributes)
        expect(relativeError(actual, referenceInputGradient(info, weights, dy))).toBeLessThan(1e-5)
        tf.dispose(tensors)
      }),
      { numRuns: 100 },
    )
  })

  test("the gradient of max pooling goes to the first of a window's largest inputs", () => {
    fc.assert(
      fc.property(
        fc.tuple(few, side, side, few),
        fc.tuple(few, few),
        fc.tuple(stride, stride),
        fc.constantFrom("same" as const, "valid" as const),
        fc.string(),
        (shape, filterSize, strides, pad, seed) => {
          const info = tf.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad)
          fc.pre(info.outHeight > 0 && info.outWidth > 0)
          // Few different values: ties are the rule, as on an image's background.
          const x = draw(`${seed}/x`, shape).map(Math.round)
          const dy = draw(`${seed}/dy`, info.outShape)
          const maxima = referenceMaxima(info, x)
          const expected = new Float64Array(x.length)
          maxima.forEach((place, i) => {
            expected[place]! += dy[i]!
          })
          const input = tensorOf(x, shape)
          const output = tf.maxPool(input, filterSize, strides, pad)
          const tensors = { dy: tensorOf(dy, info.outShape), input, output }
          const actual = outputOf(tf.MaxPoolGrad, tensors, { filterSize, strides, pad })
          expect(relativeError(actual, expected)).toBeLessThan(1e-5)
          tf.dispose(tensors)
        },
      ),
      { numRuns: 100 },
    )
  })
})

test("the reference of both gradients is the derivative of the reference convolution, which is linear in each", () => {
  fc.assert(
    fc.property(shapes, ({ input, filter, seed, info }) => {
      const [x, w, dy] = [draw(`${seed}/x`, input), draw(`${seed}/w`, filter), draw(seed, info.outShape)]
      const product = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
        Array.from(a).reduce((sum, value, i) => sum + value * b[i]!, 0)
      const total = product(referenceConvolution(info, x, w), dy)
      expect(product(referenceFilterGradient(info, x, dy), w)).toBeCloseTo(total, 8)
      expect(product(referenceInputGradient(info, w, dy), x)).toBeCloseTo(total, 8)
    }),
    { numRuns: 50 },
  )
})

describe("the gradient of a filter on WebAssembly", () => {
  beforeAll(async () => {
    await tf.setBackend("wasm")
  })
  const input: Shape = [2, 5, 5, 3]
  const filter: Shape = [3, 3, 3, 4]
  const same = { strides: 1, pad: "same", dataFormat: "NHWC", filterShape: filter }
  const call = (attributes: object, dtype: "float32" | "int32" = "float32", outShape: Shape = [2, 5, 5, 4]) =>
    tf.tidy(() =>
      outputOf(tf.Conv2DBackpropFilter, { x: tf.ones(input, dtype), dy: tf.ones(outShape) }, attributes),
    )

  test.each([
    ["channels first", () => call({ ...same, dataFormat: "NCHW" }), "takes NHWC (channels last), not NCHW"],
    ["dilation", () => call({ ...same, dilations: [1, 2] }), "takes dilation 1, not 1,2"],
    ["integers", () => call(same, "int32"), "takes float32, not int32"],
    ["a gradient of another shape", () => call(same, "float32", [2, 4, 5, 4]), "expected 2 × 5 × 5 × 4"],
  ])("refuses %s", (_, run, problem) => {
    expect(run).toThrow(KernelRefusal)
    expect(run).toThrow(problem)
  })

  test("adds up batches whose patches do not fit into memory at once", () => {
    const shape: Shape = [30, 14, 14, 32]
    const size: Shape = [5, 5, 32, 2]
    const info = tf.backend_util.computeConv2DInfo(shape, size, 1, 1, "same")
    const [x, dy] = [draw("x", shape), draw("dy", info.outShape)]
    const tensors = { x: tensorOf(x, shape), dy: tensorOf(dy, info.outShape) }
    const bytes = tf.memory().numBytes
    const actual = outputOf(tf.Conv2DBackpropFilter, tensors, { ...same, filterShape: size })
    expect(relativeError(actual, referenceFilterGradient(info, x, dy))).toBeLessThan(1e-5)
    expect(tf.memory().numBytes).toBe(bytes)
    tf.dispose(tensors)
  })
})
