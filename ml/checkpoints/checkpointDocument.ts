/**
 * A checkpoint as bytes: everything that an auditor needs to train on from it. The weights come first, then the
 * velocity, if momentum has one; the order of examples follows from the seed on chain and the shard named here.
 */
import { Schema } from "effect"
import { parameterCount } from "../models/model.ts"
import { ModelSpecSchema } from "../models/modelSchema.ts"
import { framedNumbers } from "../store/framedNumbers.ts"
import type { TrainingPoint } from "../training/train.ts"

const Header = Schema.Struct({
  model: ModelSpecSchema,
  step: Schema.Int.check(Schema.isGreaterThanOrEqualTo(1)),
  /** Number of the shard that was trained on. */
  shard: Schema.Int.check(Schema.isGreaterThanOrEqualTo(0)),
  hasVelocity: Schema.Boolean,
})

export type CheckpointDocument = TrainingPoint & Pick<typeof Header.Type, "model" | "shard">

const frame = framedNumbers({
  document: "checkpoint",
  magic: "ATNC",
  version: 1,
  header: Header,
  valuesOf: ({ model, hasVelocity }) => parameterCount(model) * (hasVelocity ? 2 : 1),
})

/** Throws `DocumentMalformed` if the numbers don't fit the model or are not finite. */
export const encodeCheckpoint = ({
  model,
  step,
  shard,
  weights,
  velocity,
}: CheckpointDocument): Uint8Array => {
  const values = new Float32Array(weights.length + (velocity?.length ?? 0))
  values.set(weights)
  if (velocity !== undefined) values.set(velocity, weights.length)
  return frame.encode({ model, step, shard, hasVelocity: velocity !== undefined }, values)
}

/** The inverse of `encodeCheckpoint`. Throws `DocumentMalformed`. */
export const decodeCheckpoint = (bytes: Uint8Array): CheckpointDocument => {
  const { header, values } = frame.decode(bytes)
  const { model, step, shard, hasVelocity } = header
  const count = parameterCount(model)
  return {
    model,
    step,
    shard,
    weights: values.slice(0, count),
    velocity: hasVelocity ? values.slice(count) : undefined,
  }
}
