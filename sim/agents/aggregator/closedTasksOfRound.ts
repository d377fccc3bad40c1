import { Effect, Option } from "effect"
import { Chain } from "../../../chain/chain.ts"
import { taskStatuses } from "../../mechanisms/taskCycle.ts"
import type { Agent } from "../agent.ts"
import { loadSpecification } from "../steps/taskDocuments.ts"

/**
 * Waits until every task of the round is closed, or the round has lasted `roundLimitBlocks`: nobody's silence can
 * stop the training. Gives back the closed tasks in the order of their numbers.
 */
export const closedTasksOfRound = Effect.fnUntraced(function* (agent: Agent, round: number) {
  const { results } = agent.contracts
  const chain = yield* Chain
  const lastBlock = (yield* chain.blockNumber) + agent.plan.roundLimitBlocks
  const subscription = yield* results.events.TaskClosed.subscribe
  const timeIsUp = Effect.as(chain.awaitBlock(lastBlock), Option.none())
  for (;;) {
    const closed = yield* closedTasks(agent, round)
    if (closed.length === agent.plan.tasksPerRound) return closed
    const next = yield* Effect.race(Effect.map(subscription.take, Option.some), timeIsUp)
    if (Option.isNone(next)) return yield* closedTasks(agent, round)
  }
}, Effect.scoped)

const closedTasks = Effect.fnUntraced(function* (agent: Agent, round: number) {
  const { tasks } = agent.contracts
  const end = yield* tasks.read.nextTaskId([])
  const closed: bigint[] = []
  for (let taskId = 1n; taskId < end; taskId++) {
    const { specHash, status } = yield* tasks.read.getTaskProposal([taskId])
    if (status !== taskStatuses.archived) continue
    const specification = yield* loadSpecification(agent, specHash)
    if (specification.round === round) closed.push(taskId)
  }
  return closed
})
