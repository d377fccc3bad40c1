import { beforeAll, describe, expect, test } from "vitest"
import { initialiseBackend } from "../../ml/backend.ts"
import { cnn } from "../../ml/models/cnn.ts"
import { mlp } from "../../ml/models/mlp.ts"
import { initialWeights } from "../../ml/models/model.ts"
import { byLabel } from "../../ml/partition/byLabel.ts"
import { dirichlet } from "../../ml/partition/dirichlet.ts"
import { iid } from "../../ml/partition/iid.ts"
import { garbage } from "../../ml/poisoning/garbage.ts"
import { labelFlip } from "../../ml/poisoning/labelFlip.ts"
import { sha256Hex } from "../../sim/kernel/hash.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import { syntheticDataset } from "./syntheticDataset.ts"

beforeAll(async () => {
  await initialiseBackend()
})

const hashOf = (numbers: Float32Array | Uint32Array | Uint8Array): string =>
  sha256Hex(new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength)).slice(0, 16)

const labels = Uint8Array.from({ length: 2_000 }, (_, i) => (i * 7) % 10)
const request = () => ({ labels, parts: 5, samplesPerPart: 100, stream: deriveStream("golden", "partition") })

describe("what a seed gives is pinned: a change of it changes every run's digest", () => {
  test("initial weights", () => {
    const model = mlp({ inputs: 784, hidden: [32], classes: 10 })
    expect(hashOf(initialWeights(model, deriveStream("golden", "weights")))).toMatchInlineSnapshot(
      `"cf949cdeaf1fabdf"`,
    )
    const images = cnn({ inputShape: [28, 28, 1], filters: [8], kernelSize: 5, dense: [32], classes: 10 })
    expect(hashOf(initialWeights(images, deriveStream("golden", "weights")))).toMatchInlineSnapshot(
      `"dfde647811e2b258"`,
    )
  })

  test("partitions", () => {
    expect({
      iid: iid(request()).map(hashOf),
      dirichlet: dirichlet({ ...request(), alpha: 0.5 }).map(hashOf),
      byLabel: byLabel(request()).map(hashOf),
    }).toMatchInlineSnapshot(`
      {
        "byLabel": [
          "ab8ef85f51299838",
          "8019f9f5a062e55d",
          "3ad35d62ed675dc6",
          "0ec0d5ac5f164586",
          "b85bfeaa9e962d15",
        ],
        "dirichlet": [
          "b1b8ca1e0c5fbaa8",
          "0539a20881b6fec4",
          "63a0f0d118aaffb2",
          "bda6027d9cde307f",
          "97ff34fd46108851",
        ],
        "iid": [
          "becf4c101e520160",
          "9fabe38a84f200d0",
          "8e53ca8aa0dec5a2",
          "c4baef15e14705d9",
          "b8d96ac310ec79cf",
        ],
      }
    `)
  })

  test("poisonings", () => {
    const dataset = syntheticDataset({ seed: "golden", inputs: 4, classes: 3, train: 100, test: 1 })
    expect({
      garbage: hashOf(garbage({ length: 1_000, deviation: 0.1, stream: deriveStream("golden", "garbage") })),
      labelFlip: hashOf(labelFlip(dataset, { seed: "golden", shareBps: 5_000 }).train.labels),
    }).toMatchInlineSnapshot(`
      {
        "garbage": "de9f52730608f611",
        "labelFlip": "b4217c0ebc3599fe",
      }
    `)
  })
})
