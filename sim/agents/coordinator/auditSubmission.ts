/** Whether a submission was trained as its checkpoints say: trains drawn segments again and compares bit for bit. */
import { Effect, Schema } from "effect"
import { firstDifference, leadsTo } from "../../../ml/checkpoints/audit.ts"
import { decodeCheckpoint, type CheckpointDocument } from "../../../ml/checkpoints/checkpointDocument.ts"
import {
  dataHashOf,
  segmentsOf,
  type CheckpointPlan,
  type Segment,
} from "../../../ml/checkpoints/checkpointPlan.ts"
import { drawSample } from "../../../ml/evaluation/sample.ts"
import { cidFromDigest } from "../../../ml/store/cid.ts"
import { record } from "../../kernel/ambient.ts"
import { deriveStream } from "../../kernel/randomStream.ts"
import type { Agent } from "../agent.ts"
import type { RecordedCheckpoint } from "../protocol/checkpoints.ts"
import { decoding } from "../steps/decoding.ts"
import type { Case } from "./loadCase.ts"

export interface AuditOptions {
  /** P(a submission is audited). */
  readonly auditProbability: number
  /** Different segments that an audit recomputes. */
  readonly auditSegments: number
  /**
   * `common`: whether and what is audited follows from the ground truth and the solution, both bound before either was
   * known, so that all auditors look at the same and nobody could choose it. `own`: each draws for itself.
   */
  readonly auditDraw: "common" | "own"
}

/** A trail that does not show how the submission came about. */
class TrailRefused extends Schema.TaggedError<TrailRefused>()("TrailRefused", { problem: Schema.String }) {
  override get message(): string {
    return `the trail is refused: ${this.problem}`
  }
}

/** False only where an audit took place and failed: then the submission is no honest work. */
export const passesAudit = Effect.fnUntraced(function* (agent: Agent, loaded: Case, options: AuditOptions) {
  const { checkpoints } = loaded.specification
  if (checkpoints === undefined || options.auditProbability === 0) return true
  const { taskId, solver, solution, truthCid } = loaded
  const stream =
    options.auditDraw === "own"
      ? agent.stream(`audit/${taskId}/${solver}`)
      : deriveStream(`${truthCid}/${solution}`, "audit")
  if (stream.next() >= options.auditProbability) return true
  const problem = yield* audit(agent, loaded, checkpoints, (segments) =>
    drawSample(segments, options.auditSegments, stream),
  )
  yield* record("audit", { taskId, solver, problem: problem ?? null })
  return problem === undefined
})

/** What is wrong with the trail, if anything is. */
const audit = Effect.fnUntraced(
  function* (
    agent: Agent,
    loaded: Case,
    plan: CheckpointPlan,
    choose: (segments: readonly Segment[]) => readonly Segment[],
  ) {
    const { base, update } = loaded
    const records = yield* agent.protocol.checkpoints.of(loaded.taskId, loaded.solver)
    const last = yield* loadCheckpoint(agent, records.at(-1), "the last checkpoint")
    const indices = agent.examplesOfShard(last.shard)
    if (indices === undefined) return yield* refuse(`there is no shard ${last.shard}`)
    const seed = records.at(-1)?.seed ?? ""
    const data = { dataset: agent.plan.dataset, indices }
    const training = { ...agent.plan.training, indices, seed }
    const segments = segmentsOf(training, plan)
    const isWhole =
      records.length === segments.length &&
      records.every((checkpoint, place) => {
        return checkpoint.step === segments[place]?.until && checkpoint.seed === seed
      })
    if (!isWhole) return yield* refuse("steps or seeds are not those of one training")
    if (!leadsTo({ base, last: last.weights, update })) return yield* refuse("it leads to another solution")
    for (const segment of choose(segments)) {
      const { index, until } = segment
      const ends = records[index]
      if (ends?.dataHash !== dataHashOf(training, segment))
        return yield* refuse(`segment ${index}: other data`)
      const from =
        index === 0 ? undefined : yield* loadCheckpoint(agent, records[index - 1], `checkpoint ${index - 1}`)
      const claimed = yield* loadCheckpoint(agent, ends, `checkpoint ${index}`)
      const recomputed = yield* agent.work.trainSegment({ base, data, seed, from, until })
      const difference = firstDifference(claimed, recomputed)
      if (difference !== undefined) return yield* refuse(`segment ${index}: other ${difference.of}`)
    }
    return undefined
  },
  Effect.catchTags({
    TrailRefused: ({ problem }) => Effect.succeed(problem),
    ContentNotFound: () => Effect.succeed("a checkpoint is not in the store"),
    DocumentMalformed: () => Effect.succeed("a checkpoint can't be read"),
    // Training on from a checkpoint that no training could have reached.
    TrainingDiverged: () => Effect.succeed("training diverges from a checkpoint"),
    TrainingRequestInvalid: () => Effect.succeed("no training goes on from a checkpoint"),
    WeightsSizeMismatch: () => Effect.succeed("a checkpoint is of another model"),
  }),
)

const refuse = (problem: string) => Effect.fail(new TrailRefused({ problem }))

const loadCheckpoint = Effect.fnUntraced(function* (
  agent: Agent,
  recorded: RecordedCheckpoint | undefined,
  name: string,
) {
  if (recorded === undefined) return yield* refuse(`${name} is missing`)
  const bytes = yield* agent.work.fetch(cidFromDigest(recorded.weightsHash))
  const checkpoint: CheckpointDocument = yield* decoding(() => decodeCheckpoint(bytes))
  if (checkpoint.step !== recorded.step) return yield* refuse(`${name} is of another step`)
  if (checkpoint.weights.length !== agent.work.parameterCount)
    return yield* refuse(`${name} is of another model`)
  return checkpoint
})
