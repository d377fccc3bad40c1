import { Effect } from "effect"
import type { Address } from "viem"
import type { Agent } from "../agent.ts"
import { orNothing } from "./orNothing.ts"
import { loadSpecification, loadUpdate } from "./taskDocuments.ts"

/** A solver's update that coordinators found correct. */
export interface VerifiedUpdate {
  readonly solver: Address
  readonly update: { readonly values: Float32Array; readonly samples: number }
}

/**
 * The verified updates of a task, in the order of commitment. A majority may approve what nobody can load or read: that
 * is left out, so that it can't stop whoever has to average.
 */
export const verifiedUpdatesOf = Effect.fnUntraced(function* (agent: Agent, taskId: bigint) {
  const { tasks, results } = agent.contracts
  const solvers: readonly Address[] = yield* tasks.read.getCommittedSolvers([taskId])
  const verified: VerifiedUpdate[] = []
  for (const solver of solvers) {
    if (!(yield* agent.protocol.settlement.isVerified(taskId, solver))) continue
    const cid = yield* results.read.revealedSolutions([taskId, solver])
    const update = yield* orNothing(loadUpdate(agent, cid))
    if (update !== undefined) verified.push({ solver, update })
  }
  return verified
})

/** Others' verified updates of the last round before `round` that has any, by task. */
export const verifiedUpdatesBefore = Effect.fnUntraced(function* (agent: Agent, round: number) {
  const proposals = yield* agent.contracts.tasks.events.TaskProposed.past()
  const own = agent.account.toLowerCase()
  let last = 0
  let updates: readonly Float32Array[] = []
  for (const { args } of proposals) {
    const specification = yield* orNothing(loadSpecification(agent, args.specHash))
    if (specification === undefined || specification.round >= round || specification.round < last) continue
    const verified = yield* verifiedUpdatesOf(agent, args.taskId)
    const others = verified
      .filter(({ solver }) => solver.toLowerCase() !== own)
      .map(({ update }) => update.values)
    if (others.length === 0) continue
    updates = specification.round > last ? others : [...updates, ...others]
    last = specification.round
  }
  return updates
})
