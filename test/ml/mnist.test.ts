import {
  copyFileSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, describe, expect, test } from "vitest"
import { checkIndices, ExampleOutOfRange, inputSize } from "../../ml/datasets/dataset.ts"
import { DatasetFileInvalid } from "../../ml/datasets/datasetFile.ts"
import { loadMnist, mnistFolder } from "../../ml/datasets/mnist.ts"

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** MNIST with one file changed: replaced by `change` of its bytes, or left out where that is undefined. */
const mnistWith = (file: string, change: (bytes: Uint8Array) => Uint8Array | undefined): string => {
  const folder = mkdtempSync(join(tmpdir(), "mnist-"))
  folders.push(folder)
  for (const name of readdirSync(mnistFolder())) {
    const source = join(mnistFolder(), name)
    if (name !== file) symlinkSync(source, join(folder, name))
    else {
      const changed = change(readFileSync(source))
      if (changed !== undefined) writeFileSync(join(folder, name), changed)
    }
  }
  return folder
}

const counts = (labels: Uint8Array): number[] => {
  const byDigit = Array.from({ length: 10 }, () => 0)
  for (const label of labels) byDigit[label]!++
  return byDigit
}

describe("MNIST", () => {
  const mnist = loadMnist()

  test("has 60,000 + 10,000 images of 28 × 28 and the known counts of digits", () => {
    expect([mnist.train.size, mnist.test.size, inputSize(mnist), mnist.classes]).toEqual([
      60_000, 10_000, 784, 10,
    ])
    // Counts as published with the data set.
    expect(counts(mnist.train.labels)).toEqual([5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949])
    expect(counts(mnist.test.labels)).toEqual([980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009])
  })

  test("starts with the well-known five, seven and their pixels' mean of 33.3", () => {
    expect([...mnist.train.labels.subarray(0, 8)]).toEqual([5, 0, 4, 1, 9, 2, 1, 3])
    expect([...mnist.test.labels.subarray(0, 8)]).toEqual([7, 2, 1, 0, 4, 1, 4, 9])
    const sum = mnist.train.inputs.reduce((a, b) => a + b, 0)
    expect(sum / mnist.train.inputs.length).toBeCloseTo(33.318, 3)
  })

  test("is named by its bytes and shared between threads", () => {
    expect(mnist.hash).toBe("cbff4b6517acbf4c567cfd1e2da2411945d1d6a5ce481b893a51bab752ddb0b1")
    expect(mnist.train.inputs.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(mnist.test.labels.buffer).toBeInstanceOf(SharedArrayBuffer)
  })

  test("a copy posted to a worker is the same memory", () => {
    const posted = structuredClone(mnist)
    const first = mnist.train.inputs[0]!
    posted.train.inputs[0] = 255 - first
    expect(mnist.train.inputs[0]).toBe(255 - first)
    posted.train.inputs[0] = first
  })

  test("indices are checked against the split", () => {
    expect(() => checkIndices(mnist, "test", [0, 9_999])).not.toThrow()
    expect(() => checkIndices(mnist, "test", [10_000])).toThrow(ExampleOutOfRange)
    expect(() => checkIndices(mnist, "test", [10_000])).toThrow(
      "example 10000 is not in the test split of mnist: indices are integers from 0 to 9999",
    )
  })
})

const edit = (at: number, value: number) => (bytes: Uint8Array) => {
  const copy = Uint8Array.from(bytes)
  copy[at] = value
  return copy
}

describe("a damaged file is named with what is wrong", () => {
  const labels = "t10k-labels-idx1-ubyte"
  test.each<[string, string, (bytes: Uint8Array) => Uint8Array | undefined, string]>([
    ["missing", labels, () => undefined, "cannot be opened (ENOENT)"],
    ["truncated", labels, (bytes) => bytes.subarray(0, 9_000), "has 9000 bytes, expected 10008"],
    ["too long", labels, (bytes) => Uint8Array.of(...bytes, 0), "has 10009 bytes, expected 10008"],
    ["empty", labels, () => new Uint8Array(0), "has 0 bytes"],
    ["another magic number", labels, edit(3, 3), "magic number is 0x00000803, expected 0x00000801"],
    ["another size", labels, edit(7, 17), "dimension 0 is 10001, expected 10000"],
    ["a label that is no digit", labels, edit(8 + 5, 10), "label 10 of example 5 is no digit"],
    ["images truncated", "t10k-images-idx3-ubyte", (bytes) => bytes.subarray(1), "has 7840015 bytes"],
  ])("%s", (_, file, change, problem) => {
    const folder = mnistWith(file, change)
    expect(() => loadMnist(folder)).toThrow(DatasetFileInvalid)
    expect(() => loadMnist(folder)).toThrow(`${join(folder, file)}: ${problem}`)
  })

  test("another byte gives another hash", () => {
    const folder = mnistWith(labels, edit(8, 3))
    expect(loadMnist(folder).hash).not.toBe(loadMnist().hash)
  })

  test("a copy elsewhere has the same hash", () => {
    const folder = mnistWith(labels, () => undefined)
    copyFileSync(join(mnistFolder(), labels), join(folder, labels))
    expect(loadMnist(folder).hash).toBe(loadMnist().hash)
  })
})
