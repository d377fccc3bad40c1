import { Effect } from "effect"
import { cidFromDigest, type Cid } from "../../../ml/store/cid.ts"
import { decodeGroundTruth, decodeTaskSpecification } from "../../../ml/store/taskDocuments.ts"
import { decodeWeights, encodeWeights } from "../../../ml/store/weightsDocument.ts"
import { DocumentMalformed } from "../../../ml/store/documentMalformed.ts"
import type { Participant } from "../participant.ts"
import { decoding } from "./decoding.ts"

/** The specification of a task, found by the hash on chain: the digest of its content identifier. */
export const loadSpecification = Effect.fnUntraced(function* (
  agent: Pick<Participant, "work">,
  specHash: string,
) {
  const bytes = yield* agent.work.fetch(cidFromDigest(specHash))
  return yield* decoding(() => decodeTaskSpecification(bytes))
})

/** A proposer's ground truth, refused unless it names examples that there are. */
export const loadGroundTruth = Effect.fnUntraced(function* (agent: Participant, cid: Cid) {
  const bytes = yield* agent.work.fetch(cid)
  const truth = yield* decoding(() => decodeGroundTruth(bytes))
  const { dataset } = agent.plan
  const { size } = dataset[truth.split]
  if (truth.datasetHash !== dataset.hash || truth.indices.some((index) => index >= size)) {
    const problem = `it names examples that the ${truth.split} split of ${dataset.name} does not have`
    return yield* new DocumentMalformed({ document: "ground truth", problem })
  }
  return truth
})

/** A solver's update, refused unless it fits the model that is trained. */
export const loadUpdate = Effect.fnUntraced(function* (agent: Participant, cid: Cid) {
  const bytes = yield* agent.work.fetch(cid)
  const update = yield* decoding(() => decodeWeights(bytes))
  if (update.kind !== "update" || update.values.length !== agent.work.parameterCount) {
    const problem = "it is no update of the model that is trained"
    return yield* new DocumentMalformed({ document: "solution", problem })
  }
  return update
})

/**
 * A weight update as bytes for the store. It names neither task nor base: the commitment binds it to its task, and
 * a trap, which is made before its task exists, must look like every other update. Fails where a value is not finite.
 */
export const encodeUpdate = (options: {
  readonly agent: Participant
  readonly values: Float32Array
  readonly samples: number
  readonly claimedAccuracyBps?: number | undefined
}): Effect.Effect<Uint8Array, DocumentMalformed> =>
  decoding(() =>
    encodeWeights({
      kind: "update",
      model: options.agent.plan.model,
      round: 0,
      samples: options.samples,
      base: null,
      ...(options.claimedAccuracyBps === undefined ? {} : { claimedAccuracyBps: options.claimedAccuracyBps }),
      values: options.values,
    }),
  )
