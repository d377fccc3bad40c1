/** Where a training leaves checkpoints, and what makes each segment between two of them. */
import { sha256Hex } from "../../sim/kernel/hash.ts"
import { batchOrder, stepCount, type OrderOptions } from "../training/batchOrder.ts"

/** Every so many steps, and after the last. */
export interface CheckpointPlan {
  readonly every: number
}

/** What lies between two checkpoints: the steps after `from`, up to `until`. */
export interface Segment {
  /** From 0. */
  readonly index: number
  readonly from: number
  readonly until: number
}

/** The segments of a training, first to last; the start, step 0, is the model that the task names. */
export const segmentsOf = (
  training: Omit<OrderOptions, "seed">,
  { every }: CheckpointPlan,
): readonly Segment[] => {
  const steps = stepCount(training)
  return Array.from({ length: Math.ceil(steps / every) }, (_, index) => ({
    index,
    from: index * every,
    until: Math.min(steps, (index + 1) * every),
  }))
}

type Span = Pick<Segment, "from" | "until">

/** Examples that a segment works through, repetitions counted: what recomputing it costs. */
export const samplesOf = (training: OrderOptions, span: Span): number => examplesOf(training, span).length

/** SHA-256 of the examples' indices (uint32, little-endian) in the order in which the segment takes them. */
export const dataHashOf = (training: OrderOptions, span: Span): `0x${string}` => {
  const indices = examplesOf(training, span)
  const bytes = new DataView(new ArrayBuffer(4 * indices.length))
  indices.forEach((index, place) => bytes.setUint32(4 * place, index, true))
  return `0x${sha256Hex(new Uint8Array(bytes.buffer))}`
}

const examplesOf = (training: OrderOptions, { from, until }: Span): readonly number[] => {
  const examples: number[] = []
  for (const taken of batchOrder(training)) {
    if (taken.step > until) break
    if (taken.step > from) examples.push(...taken.order.slice(taken.from, taken.to))
  }
  return examples
}
