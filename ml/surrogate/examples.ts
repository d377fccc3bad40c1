/**
 * What makes examples differ: a difficulty, and how each idle mode tips it. Both are fixed by data set, split and
 * index, so that everybody who looks at an example sees the same one, two models of equal weights agree on every
 * example, and models whose idle modes differ disagree on some.
 */
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import type { Split } from "../datasets/dataset.ts"
import { IDLE_MODES } from "../models/surrogate.ts"

/** Numbers of an example: its difficulty, then one an idle mode; all standard normal. */
export const EXAMPLE_WIDTH = 1 + IDLE_MODES

const known = new Map<string, Float64Array>()

/** Example i occupies numbers EXAMPLE_WIDTH · i to EXAMPLE_WIDTH · (i + 1). */
export const examplesOf = (dataset: string, split: Split, size: number): Float64Array => {
  const key = `${dataset}/${split}/${size}`
  const found = known.get(key)
  if (found !== undefined) return found
  const stream = deriveStream(key, "ml/surrogate/examples")
  const examples = Float64Array.from({ length: size * EXAMPLE_WIDTH }, () => stream.normal())
  known.set(key, examples)
  return examples
}
