import { Effect } from "effect"
import type { Agent } from "../agent.ts"
import { orNothing } from "./orNothing.ts"
import { loadSpecification } from "./taskDocuments.ts"

/**
 * The round that a task belongs to; undefined where its proposer left nothing that says so, and where another project
 * pays for it: whoever opens one could otherwise fill the rounds of this one.
 */
export const roundOfTask = Effect.fnUntraced(function* (agent: Agent, taskId: bigint) {
  const { specHash, projectId } = yield* agent.contracts.tasks.read.getTaskProposal([taskId])
  if (projectId !== agent.plan.projectId) return undefined
  return (yield* orNothing(loadSpecification(agent, specHash)))?.round
})

/** Tasks of a round that were closed up to a block, in the order of their numbers. */
export const closedTasksUntil = Effect.fnUntraced(function* (agent: Agent, round: number, toBlock: bigint) {
  const closings = yield* agent.contracts.results.events.TaskClosed.past({ toBlock })
  const tasks = new Set<bigint>()
  for (const { args } of closings)
    if ((yield* roundOfTask(agent, args.taskId)) === round) tasks.add(args.taskId)
  return [...tasks].sort((a, b) => (a < b ? -1 : 1))
})
