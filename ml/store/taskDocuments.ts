/**
 * The two documents of a task, as canonical JSON in the store: the specification, public from the proposal on, and
 * the ground truth, hidden behind its hash until the solvers have committed.
 */
import { Schema } from "effect"
import { canonicalJson } from "../../sim/kernel/canonicalJson.ts"
import { ModelSpecSchema } from "../models/modelSchema.ts"
import { PartitionKind } from "../partition/partition.ts"
import { DocumentMalformed } from "./documentMalformed.ts"

const Count = Schema.Int.check(Schema.isGreaterThanOrEqualTo(0))
const Sha256 = Schema.String.check(Schema.isPattern(/^[0-9a-f]{64}$/))
const Bytes32 = Schema.String.check(Schema.isPattern(/^0x[0-9a-f]{64}$/))
const SplitName = Schema.Literals(["train", "test"])

/** What solvers are asked for: train `module` from `baseModel` on a shard of the data. */
export const TaskSpecification = Schema.Struct({
  version: Schema.Literal(1),
  /** Capability that is trained: an entry of the scorecard. */
  module: Schema.NonEmptyString,
  round: Count,
  /** Content identifier of the global model to start from. */
  baseModel: Schema.NonEmptyString,
  model: ModelSpecSchema,
  hyperParameters: Schema.Struct({
    epochs: Schema.Int.check(Schema.isGreaterThanOrEqualTo(1)),
    batchSize: Schema.Int.check(Schema.isGreaterThanOrEqualTo(1)),
    learningRate: Schema.Finite.check(Schema.isGreaterThan(0)),
    momentum: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 0.999_999 })),
    proximal: Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)),
  }),
  /** The trail that training must leave: a checkpoint every so many steps and after the last. Absent: none. */
  checkpoints: Schema.optionalKey(
    Schema.Struct({ every: Schema.Int.check(Schema.isGreaterThanOrEqualTo(1)) }),
  ),
  /** Data set and how it is dealt: anyone can recompute the shards. */
  data: Schema.Struct({
    dataset: Schema.NonEmptyString,
    datasetHash: Sha256,
    split: SplitName,
    partition: PartitionKind,
    parts: Schema.Int.check(Schema.isGreaterThanOrEqualTo(1)),
    samplesPerPart: Schema.Int.check(Schema.isGreaterThanOrEqualTo(1)),
    seed: Schema.String,
    /** Shards that the task is about: their holders are invited to answer it. */
    shards: Schema.Array(Count),
  }),
  acceptance: Schema.Struct({
    /** Score from 0 to 100 that a correct solution reaches. */
    minimumScore: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 100 })),
    /** How far accuracy may fall below the base model's, in basis points of accuracy. */
    toleranceBps: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 10_000 })),
  }),
  /** Lengths of the task's phases in blocks, counted from its proposal. */
  phases: Schema.Struct({
    commitBlocks: Count,
    groundTruthBlocks: Count,
    solutionBlocks: Count,
    // Stated where no contract fixes them.
    voteCommitBlocks: Schema.optionalKey(Count),
    voteRevealBlocks: Schema.optionalKey(Count),
    openingBlocks: Schema.optionalKey(Count),
  }),
})
export type TaskSpecification = typeof TaskSpecification.Type

/** An accuracy: of so many examples, so many right. */
const accuracyFrom = (least: number) =>
  Schema.Struct({
    correct: Schema.Int.check(Schema.isGreaterThanOrEqualTo(least)),
    total: Schema.Int.check(Schema.isGreaterThanOrEqualTo(1)),
  }).check(
    Schema.makeFilter(({ correct, total }) => correct <= total || `${correct} of ${total} can't be right`),
  )

/** What solutions are judged by. */
export const GroundTruth = Schema.Struct({
  version: Schema.Literal(1),
  dataset: Schema.NonEmptyString,
  datasetHash: Sha256,
  split: SplitName,
  /** Evaluation examples, which no solver holds. */
  indices: Schema.Array(Count).check(Schema.isMinLength(1)),
  /** Accuracy that earns a score of 100, as counts. */
  threshold: accuracyFrom(1),
  /** What the base model reaches on the same examples, as counts. */
  base: accuracyFrom(0),
  /** 32 random bytes: the hash would otherwise give the truth away to a guesser. */
  salt: Bytes32,
})
export type GroundTruth = typeof GroundTruth.Type

export const encodeTaskSpecification = (document: TaskSpecification): Uint8Array => encode(document)
export const encodeGroundTruth = (document: GroundTruth): Uint8Array => encode(document)

/** Throws `DocumentMalformed`. */
export const decodeTaskSpecification = (bytes: Uint8Array): TaskSpecification =>
  decode("task specification", TaskSpecification, bytes)

/** Throws `DocumentMalformed`. */
export const decodeGroundTruth = (bytes: Uint8Array): GroundTruth =>
  decode("ground truth", GroundTruth, bytes)

/** Longest document that is read: 60,000 indices and more. */
const LIMIT_BYTES = 1_048_576

const encode = (document: unknown): Uint8Array => new TextEncoder().encode(canonicalJson(document))

const decode = <S extends Schema.ConstraintDecoder<unknown>>(
  name: string,
  schema: S,
  bytes: Uint8Array,
): S["Type"] => {
  if (bytes.length > LIMIT_BYTES) {
    throw new DocumentMalformed({
      document: name,
      problem: `${bytes.length} bytes, at most ${LIMIT_BYTES} are read`,
    })
  }
  const text = Buffer.from(bytes).toString("utf8")
  let document: S["Type"]
  try {
    document = Schema.decodeUnknownSync(schema)(JSON.parse(text), { onExcessProperty: "error" })
  } catch (error) {
    throw new DocumentMalformed({
      document: name,
      problem: error instanceof Error ? error.message : String(error),
    })
  }
  if (canonicalJson(document) !== text) {
    throw new DocumentMalformed({ document: name, problem: "the JSON is not canonical" })
  }
  return document
}
