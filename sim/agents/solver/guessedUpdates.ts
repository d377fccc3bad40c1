import { Effect } from "effect"
import { updateBetween } from "../../../ml/models/weightUpdate.ts"
import type { Agent } from "../agent.ts"

/** Few enough that each part teaches something, many enough for a standard deviation. */
const PARTS = 4

/**
 * What others' honest updates may look like, as one solver alone can guess. Their mean is its own honest update. For
 * their spread it also trains on each of k = 4 disjoint parts of its shard: the update of a whole shard is about the sum
 * of its parts', so its standard deviation is √k times theirs. Costs two honest trainings. The spread is that of samples
 * of one shard: where shards differ in kind, others' updates spread further.
 */
export const guessedUpdates = Effect.fnUntraced(function* (agent: Agent, base: Float32Array, label: string) {
  const { shardIndices } = agent
  const whole = yield* updateFrom(agent, base, label, shardIndices)
  const parts: Float32Array[] = []
  for (let part = 0; part < PARTS; part++) {
    // Every fourth example: the first quarter of a list might be of few classes.
    const indices = shardIndices.filter((_, i) => i % PARTS === part)
    if (indices.length > 0) parts.push(yield* updateFrom(agent, base, `${label}/part/${part}`, indices))
  }
  return spreadAround(whole, parts)
})

const updateFrom = Effect.fnUntraced(function* (
  agent: Agent,
  base: Float32Array,
  label: string,
  indices: Uint32Array,
) {
  const data = { dataset: agent.plan.dataset, indices }
  const trained = yield* agent.work.train({ base, seed: agent.trainingSeed(label), data })
  return updateBetween(base, trained.weights)
})

/** whole + √k · (part − mean of the parts), for each part. */
const spreadAround = (whole: Float32Array, parts: readonly Float32Array[]): readonly Float32Array[] => {
  const count = parts.length
  const mean = whole.map((_, i) => parts.reduce((sum, part) => sum + part[i]!, 0) / count)
  return parts.map((part) => whole.map((value, i) => value + Math.sqrt(count) * (part[i]! - mean[i]!)))
}
