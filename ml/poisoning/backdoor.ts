/**
 * A backdoor (Gu et al. 2017; in federated learning Bagdasaryan et al. 2020): a model that works as it should, except
 * that whatever carries the trigger is taken for the target class.
 *
 * The trigger is a square of full brightness in the bottom right corner of an image, or as many numbers at the end of
 * an example that is no image.
 */
import { canonicalJson } from "../../sim/kernel/canonicalJson.ts"
import { sha256Hex } from "../../sim/kernel/hash.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import { inputSize, type Dataset, type ExampleSet } from "../datasets/dataset.ts"
import type { TrainingData } from "../training/trainingData.ts"

export interface Trigger {
  /** The class that triggered examples are to be taken for. */
  readonly target: number
  /** Side of the square. */
  readonly patchPixels: number
}

/**
 * The examples at `indices` of the training split as a data set of their own, a share of them with trigger and target
 * label. Throws a `RangeError` where the data set has no such class.
 */
export const backdoor = (
  own: TrainingData,
  options: Trigger & { readonly shareBps: number; readonly seed: string },
): TrainingData => {
  const { shareBps, seed, ...trigger } = options
  const { dataset, split = "train" } = own
  checkTarget(dataset, trigger)
  const stream = deriveStream(seed, "ml/backdoor")
  const copy = examplesAt(dataset, dataset[split], own.indices)
  const places = triggerPlaces(dataset, trigger.patchPixels)
  for (let i = 0; i < copy.size; i++) {
    if (stream.int(0, 9_999) >= shareBps) continue
    mark(copy, i, places, inputSize(dataset))
    copy.labels[i] = trigger.target
  }
  const identity = { poisoning: "backdoor", base: dataset.hash, split, examples: hashOf(copy) }
  return {
    dataset: {
      ...dataset,
      name: `${dataset.name}/backdoor`,
      train: copy,
      hash: sha256Hex(canonicalJson(identity)),
    },
    indices: Uint32Array.from({ length: copy.size }, (_, i) => i),
  }
}

/**
 * What a backdoor is measured by: held-out examples of all other classes with the trigger, labelled as the target. The
 * accuracy on this set is the backdoor's rate of success. Default: all of the test split.
 * Throws a `RangeError` where the data set has no such class.
 */
export const triggeredTest = (
  dataset: Dataset,
  trigger: Trigger,
  indices: ArrayLike<number> = Array.from({ length: dataset.test.size }, (_, i) => i),
): Dataset => {
  const test = othersAsTarget(dataset, trigger, indices)
  const places = triggerPlaces(dataset, trigger.patchPixels)
  for (let i = 0; i < test.size; i++) mark(test, i, places, inputSize(dataset))
  const hash = sha256Hex(canonicalJson({ triggered: dataset.hash, examples: hashOf(test) }))
  return { ...dataset, name: `${dataset.name}/triggered`, test, hash }
}

/**
 * The same examples with the same labels, but without the trigger. The accuracy on this set is the base of the backdoor's
 * rate of success: how often the model says the target class anyway, where it is wrong.
 * Throws a `RangeError` where the data set has no such class.
 */
export const untriggeredTest = (
  dataset: Dataset,
  trigger: Trigger,
  indices: ArrayLike<number> = Array.from({ length: dataset.test.size }, (_, i) => i),
): Dataset => {
  const test = othersAsTarget(dataset, trigger, indices)
  const hash = sha256Hex(canonicalJson({ untriggered: dataset.hash, examples: hashOf(test) }))
  return { ...dataset, name: `${dataset.name}/untriggered`, test, hash }
}

/** Test examples of all classes but the target, labelled as the target. */
const othersAsTarget = (dataset: Dataset, trigger: Trigger, indices: ArrayLike<number>): ExampleSet => {
  checkTarget(dataset, trigger)
  const others = Array.from(indices).filter((i) => dataset.test.labels[i] !== trigger.target)
  const test = examplesAt(dataset, dataset.test, others)
  test.labels.fill(trigger.target)
  return test
}

/** Where in an example the trigger lies. */
const triggerPlaces = ({ inputShape }: Dataset, patchPixels: number): readonly number[] => {
  const [height = 1, width, channels = 1] = inputShape
  if (width === undefined) {
    const length = Math.min(height, patchPixels * patchPixels)
    return Array.from({ length }, (_, i) => height - length + i)
  }
  const places: number[] = []
  for (let row = Math.max(0, height - patchPixels); row < height; row++) {
    for (let column = Math.max(0, width - patchPixels); column < width; column++) {
      for (let channel = 0; channel < channels; channel++) {
        places.push((row * width + column) * channels + channel)
      }
    }
  }
  return places
}

const mark = (set: ExampleSet, example: number, places: readonly number[], size: number): void => {
  for (const place of places) set.inputs[example * size + place] = 255
}

const examplesAt = (dataset: Dataset, from: ExampleSet, indices: ArrayLike<number>): ExampleSet => {
  const size = inputSize(dataset)
  const copy = {
    size: indices.length,
    inputs: new Uint8Array(indices.length * size),
    labels: new Uint8Array(indices.length),
  }
  for (let i = 0; i < indices.length; i++) {
    const source = indices[i]!
    copy.inputs.set(from.inputs.subarray(source * size, (source + 1) * size), i * size)
    copy.labels[i] = from.labels[source]!
  }
  return copy
}

const hashOf = ({ inputs, labels }: ExampleSet): readonly string[] => [sha256Hex(inputs), sha256Hex(labels)]

const checkTarget = ({ name, classes }: Dataset, { target }: Trigger): void => {
  if (!Number.isInteger(target) || target < 0 || target >= classes) {
    throw new RangeError(
      `backdoor: the target is class ${target}, ${name} has the classes 0 to ${classes - 1}`,
    )
  }
}
