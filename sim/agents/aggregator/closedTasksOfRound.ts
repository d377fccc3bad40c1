import { Effect, Option } from "effect"
import { Chain } from "../../../chain/chain.ts"
import type { Agent } from "../agent.ts"
import { roundOfTask } from "../steps/roundOfTask.ts"

/**
 * Waits until every task of the round is closed, or the round has lasted `roundLimitBlocks`: nobody's silence can
 * stop the training. Gives back the closed tasks in the order of their numbers.
 */
export const closedTasksOfRound = Effect.fnUntraced(function* (agent: Agent, round: number) {
  const chain = yield* Chain
  const began = yield* chain.blockNumber
  const timeIsUp = Effect.as(chain.awaitBlock(began + agent.plan.roundLimitBlocks), Option.none())
  const subscription = yield* agent.protocol.settlement.closedTasks
  const closed: bigint[] = []
  while (closed.length < agent.plan.tasksPerRound) {
    const next = yield* Effect.race(Effect.map(subscription.take, Option.some), timeIsUp)
    if (Option.isNone(next)) break
    const taskId = next.value
    if (closed.includes(taskId)) continue
    if ((yield* roundOfTask(agent, taskId)) === round) closed.push(taskId)
  }
  return closed.sort((a, b) => (a < b ? -1 : 1))
}, Effect.scoped)
