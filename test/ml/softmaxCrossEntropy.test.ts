import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { sha256Hex } from "../../sim/kernel/hash.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import {
  cappedLossNats,
  LOSS_CEILING_NATS,
  softmaxCrossEntropy,
} from "../../ml/training/softmaxCrossEntropy.ts"

const run = (logits: Float32Array, labels: number[], classes: number) => {
  const gradient = new Float32Array(logits.length)
  const loss = softmaxCrossEntropy({ logits, labels, classes, scale: 1, gradient })
  return { loss, gradient }
}

describe("softmax cross-entropy", () => {
  test("equal logits over k classes cost log k", () => {
    const { loss, gradient } = run(new Float32Array(4), [2], 4)
    expect(loss).toBeCloseTo(Math.log(4), 12)
    expect([...gradient]).toEqual([0.25, 0.25, -0.75, 0.25])
  })

  test("a row's gradient sums to zero and the loss is not negative", () => {
    const logit = fc.float({ min: -50, max: 50, noNaN: true })
    fc.assert(
      fc.property(fc.array(logit, { minLength: 2, maxLength: 12 }), fc.nat(), (logits, pick) => {
        const { loss, gradient } = run(Float32Array.from(logits), [pick % logits.length], logits.length)
        expect(loss).toBeGreaterThanOrEqual(-1e-12)
        expect(Math.abs(gradient.reduce((a, b) => a + b, 0))).toBeLessThan(1e-6)
      }),
    )
  })

  test("examples are columns: each is as if it were alone", () => {
    // Two examples, three classes: columns (1, 2, 3) and (0, −1, 5).
    const together = run(Float32Array.of(1, 0, 2, -1, 3, 5), [2, 0], 3)
    const one = run(Float32Array.of(1, 2, 3), [2], 3)
    const two = run(Float32Array.of(0, -1, 5), [0], 3)
    expect(together.loss).toBe(one.loss + two.loss)
    const columns = [0, 1, 2].flatMap((k) => [one.gradient[k], two.gradient[k]])
    expect([...together.gradient]).toEqual(columns)
  })

  test("logits far apart overflow nothing", () => {
    const { loss } = run(Float32Array.of(1e4, -1e4), [1], 2)
    expect(loss).toBe(2e4)
    expect(cappedLossNats(Float32Array.of(1e4, -1e4), 0, 2, 1)).toBe(LOSS_CEILING_NATS)
    expect(cappedLossNats(Float32Array.of(NaN, 0), 0, 2, 1)).toBe(LOSS_CEILING_NATS)
  })

  test("has the bits that are pinned: exp and log of this V8", () => {
    const stream = deriveStream("golden", "softmax")
    const logits = Float32Array.from({ length: 5_000 }, () => 8 * stream.normal())
    const labels = Array.from({ length: 500 }, () => stream.int(0, 9))
    const { loss, gradient } = run(logits, labels, 10)
    const digest = sha256Hex(new Uint8Array(gradient.buffer))
    expect({ loss, digest }).toMatchInlineSnapshot(`
      {
        "digest": "6076efff21e27832e0e2213e987f7e69cfbd1c76b97bafc4c4385859aa8ccf8a",
        "loss": 6419.9844095413655,
      }
    `)
  })
})
