/** Training that others can check: a checkpoint after every so many steps, its hashes on chain as soon as it is reached. */
import { Effect, Fiber } from "effect"
import { encodeCheckpoint } from "../../../ml/checkpoints/checkpointDocument.ts"
import {
  dataHashOf,
  segmentsOf,
  type CheckpointPlan,
  type Segment,
} from "../../../ml/checkpoints/checkpointPlan.ts"
import { digestOfCid } from "../../../ml/store/cid.ts"
import { stepCount } from "../../../ml/training/batchOrder.ts"
import type { TrainingPoint } from "../../../ml/training/train.ts"
import { sha256Hex } from "../../kernel/hash.ts"
import type { Agent } from "../agent.ts"
import { cidBeforeUpload } from "../work.ts"
import { decoding } from "./decoding.ts"

/** Where a segment begins: `from` is the point that was shown last, undefined at the start. */
export interface NextCheckpoint {
  readonly segment: Segment
  readonly from: TrainingPoint | undefined
  /** Of the whole training; it is on chain. */
  readonly seed: string
}

/** What an agent's training for a task leaves. */
export interface Trail {
  /** Weights of the last checkpoint. */
  readonly weights: Float32Array
  /** The checkpoint documents, to be shown with the solution. */
  readonly documents: readonly Uint8Array[]
}

/**
 * Goes from checkpoint to checkpoint: `reach` says what the next one is, and takes the time that it takes. Work goes on
 * while the chain takes a checkpoint in; all of them are in when the trail is returned, so that a commitment can follow.
 */
export const leaveTrail = Effect.fnUntraced(function* <E, R>(
  agent: Agent,
  taskId: bigint,
  plan: CheckpointPlan,
  reach: (next: NextCheckpoint) => Effect.Effect<TrainingPoint, E, R>,
) {
  const seed = `0x${sha256Hex(agent.trainingSeed(`task/${taskId}`))}` as const
  const training = { ...agent.plan.training, indices: agent.shardIndices, seed }
  const documents: Uint8Array[] = []
  const recordings = []
  let point: TrainingPoint | undefined
  for (const segment of segmentsOf(training, plan)) {
    point = yield* reach({ segment, from: point, seed })
    const reached = { ...point, model: agent.plan.model, shard: agent.shard }
    const document = yield* decoding(() => encodeCheckpoint(reached))
    documents.push(document)
    const recording = agent.protocol.checkpoints.submit(taskId, {
      step: point.step,
      weightsHash: digestOfCid(cidBeforeUpload(document)),
      dataHash: dataHashOf(training, segment),
      seed,
    })
    recordings.push(yield* Effect.forkChild(recording))
  }
  for (const recording of recordings) yield* Fiber.join(recording)
  if (point === undefined) throw new Error("a training has at least one step")
  return { weights: point.weights, documents } satisfies Trail
})

/**
 * Trains on the agent's shard as the task wants it: leaves a trail where it asks for one. `show` may put another point
 * in the place of one that was reached.
 */
export const trainForTask = Effect.fnUntraced(function* (
  agent: Agent,
  task: {
    readonly taskId: bigint
    readonly base: Float32Array
    readonly checkpoints: CheckpointPlan | undefined
    /** What to train on where no trail is asked for; default the agent's whole shard. */
    readonly examples?: Uint32Array
  },
  show: (point: TrainingPoint, steps: number) => TrainingPoint = (point) => point,
) {
  const { taskId, base, checkpoints } = task
  if (checkpoints === undefined) {
    const { examples: indices = agent.shardIndices } = task
    const data = { dataset: agent.plan.dataset, indices }
    const { weights } = yield* agent.work.train({ base, seed: agent.trainingSeed(`task/${taskId}`), data })
    return { weights, documents: [] } satisfies Trail
  }
  const steps = stepCount({ ...agent.plan.training, indices: agent.shardIndices })
  let reached: TrainingPoint | undefined
  return yield* leaveTrail(agent, taskId, checkpoints, ({ segment: { until }, seed }) =>
    Effect.map(agent.work.trainSegment({ base, seed, from: reached, until }), (point) => {
      reached = point
      return show(point, steps)
    }),
  )
})
