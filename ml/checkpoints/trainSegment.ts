import { stepCount } from "../training/batchOrder.ts"
import {
  TrainingDiverged,
  TrainingRequestInvalid,
  trainingSteps,
  type TrainingPoint,
  type TrainingRequest,
} from "../training/train.ts"

export interface SegmentOptions {
  /** Where to begin: a checkpoint; undefined = the request's own weights. */
  readonly from: TrainingPoint | undefined
  /** The last step to take. */
  readonly until: number
}

/**
 * Trains from one checkpoint to the next. Segments one after the other give the same bits as `train`. Synchronous:
 * call it through `Learning` inside a run. Throws like `train`.
 */
export const trainSegment = (request: TrainingRequest, { from, until }: SegmentOptions): TrainingPoint => {
  const first = (from?.step ?? 0) + 1
  const steps = stepCount(request)
  if (!Number.isInteger(until) || until < first || until > steps) {
    const problem = `is ${until}, expected an integer from ${first} to ${steps}`
    throw new TrainingRequestInvalid({ field: "until", problem })
  }
  for (const taken of trainingSteps(request, from)) {
    if (taken.step < until) continue
    const point = taken.point()
    if (point.weights.every(Number.isFinite)) return point
    throw new TrainingDiverged({ epoch: taken.epoch, step: taken.step })
  }
  throw new Error(`training ended before step ${until}`)
}
