import { describe, expect, test } from "vitest"
import { inputSize } from "../../ml/datasets/dataset.ts"
import { datasetNames, datasets, loadDataset } from "../../ml/datasets/registry.ts"

/** How many examples of each class. */
const counts = (labels: Uint8Array, classes: number): number[] =>
  Array.from({ length: classes }, (_, label) => labels.filter((each) => each === label).length)

describe.each(datasetNames)("the data set %s", (name) => {
  const { trainExamples, testExamples, ...entry } = datasets[name]
  const dataset = loadDataset(name)
  const { train, test: heldOut, classes } = dataset

  test("is what the registry says of it", () => {
    expect(dataset.name).toBe(name)
    expect([dataset.inputShape, classes]).toEqual([entry.inputShape, entry.classes])
    expect([train.size, heldOut.size]).toEqual([trainExamples, testExamples])
    for (const { size, inputs, labels } of [train, heldOut]) {
      expect([inputs.length, labels.length]).toEqual([size * inputSize(dataset), size])
    }
  })

  test("has every class in both splits, in about the same shares", () => {
    const [ofTrain, ofTest] = [train, heldOut].map(({ labels, size }) =>
      counts(labels, classes).map((count) => count / size),
    )
    ofTrain!.forEach((share, label) => {
      expect(share).toBeGreaterThan(0.05)
      expect(Math.abs(share - ofTest![label]!)).toBeLessThan(0.025)
    })
    expect(Math.max(...train.labels)).toBe(classes - 1)
  })

  test("is loaded once a thread, into memory that threads share", () => {
    expect(loadDataset(name)).toBe(dataset)
    expect(train.inputs.buffer).toBeInstanceOf(SharedArrayBuffer)
    expect(heldOut.labels.buffer).toBeInstanceOf(SharedArrayBuffer)
  })
})

test("the bytes of every data set are pinned: a change of them changes every run on it", () => {
  expect(Object.fromEntries(datasetNames.map((name) => [name, loadDataset(name).hash]))).toEqual({
    mnist: "cbff4b6517acbf4c567cfd1e2da2411945d1d6a5ce481b893a51bab752ddb0b1",
    languages: "182887857cd8d2842c2f5aed9d30d50751ae7a5d5fe0b4057f0337839fe80898",
    waveforms: "0d483a67f86e7ebbbca16168d6fe6dc11ecb71d344277a7235ff5f62700dbf39",
  })
})
