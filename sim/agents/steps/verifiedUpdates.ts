import { Effect } from "effect"
import type { Address } from "viem"
import type { Agent } from "../agent.ts"
import { loadSpecification, loadUpdate } from "./taskDocuments.ts"

/** A solver's update that coordinators found correct. */
export interface VerifiedUpdate {
  readonly solver: Address
  readonly update: { readonly values: Float32Array; readonly samples: number }
}

/** The verified updates of a task, in the order of commitment. */
export const verifiedUpdatesOf = Effect.fnUntraced(function* (agent: Agent, taskId: bigint) {
  const { tasks, results } = agent.contracts
  const solvers: readonly Address[] = yield* tasks.read.getCommittedSolvers([taskId])
  const verified: VerifiedUpdate[] = []
  for (const solver of solvers) {
    if (!(yield* agent.protocol.settlement.isVerified(taskId, solver))) continue
    const cid = yield* results.read.revealedSolutions([taskId, solver])
    verified.push({ solver, update: yield* loadUpdate(agent, cid) })
  }
  return verified
})

/** Others' verified updates of the last round before `round` that has any, by task; what can't be loaded is left out. */
export const verifiedUpdatesBefore = Effect.fnUntraced(function* (agent: Agent, round: number) {
  const proposals = yield* agent.contracts.tasks.events.TaskProposed.past()
  let last = 0
  let updates: readonly Float32Array[] = []
  for (const { args } of proposals) {
    const task = yield* updatesOfOthers(agent, args).pipe(
      Effect.catchTags({
        ContentNotFound: () => Effect.succeed(undefined),
        DocumentMalformed: () => Effect.succeed(undefined),
      }),
    )
    if (task === undefined || task.updates.length === 0 || task.round >= round || task.round < last) continue
    updates = task.round > last ? task.updates : [...updates, ...task.updates]
    last = task.round
  }
  return updates
})

const updatesOfOthers = Effect.fnUntraced(function* (
  agent: Agent,
  { taskId, specHash }: { readonly taskId: bigint; readonly specHash: string },
) {
  const { round } = yield* loadSpecification(agent, specHash)
  const own = agent.account.toLowerCase()
  const verified = yield* verifiedUpdatesOf(agent, taskId)
  const others = verified.filter(({ solver }) => solver.toLowerCase() !== own)
  return { round, updates: others.map(({ update }) => update.values) }
})
