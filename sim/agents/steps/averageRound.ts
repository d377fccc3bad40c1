/** What the verified updates of a round come to: everybody who recomputes a global model gets the same bits. */
import { Effect } from "effect"
import { applyUpdate } from "../../../ml/models/weightUpdate.ts"
import type { Contribution } from "../../../ml/aggregation/contribution.ts"
import type { Agent } from "../agent.ts"
import type { GlobalModel } from "./globalModel.ts"
import { verifiedUpdatesOf, type VerifiedUpdate } from "./verifiedUpdates.ts"

/** Which updates count, and as how many samples: all of them as they are, where somebody is honest. */
export type Weigh = (update: VerifiedUpdate) => number

const asClaimed: Weigh = ({ update }) => update.samples

/**
 * base + what the plan's rule makes of the verified updates; the base itself where no update was verified, and where the
 * sum is beyond float32, so that nobody could train on from it.
 */
export const averageRound = Effect.fnUntraced(function* (
  agent: Agent,
  base: GlobalModel,
  tasks: readonly bigint[],
  weigh: Weigh = asClaimed,
) {
  const contributions: Contribution[] = []
  for (const taskId of tasks) contributions.push(...(yield* contributionsOf(agent, taskId, weigh)))
  if (contributions.length === 0) return base.weights
  const average = yield* agent.work.aggregate(contributions)
  const next = applyUpdate(base.weights, average)
  return next.every(Number.isFinite) ? next : base.weights
})

const contributionsOf = Effect.fnUntraced(function* (agent: Agent, taskId: bigint, weigh: Weigh) {
  const verified = yield* verifiedUpdatesOf(agent, taskId)
  return verified.flatMap((one): readonly Contribution[] => {
    const samples = weigh(one)
    // Who claims to have learnt from nothing adds nothing, and can't stop an average that would divide by it.
    if (samples === 0) return []
    // Summed in the order of names: task first, padded so that text sorts like numbers.
    const name = `${String(taskId).padStart(12, "0")}/${one.solver.toLowerCase()}`
    return [{ name, values: one.update.values, samples }]
  })
})
