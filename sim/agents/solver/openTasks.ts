/** The tasks that a solver may choose among, round by round: those that invite its shard and that it can train for. */
import { Effect } from "effect"
import { Chain } from "../../../chain/chain.ts"
import type { Agent } from "../agent.ts"
import { forEachEvent } from "../steps/awaitEvent.ts"
import { ownExamples } from "../steps/ownExamples.ts"
import { readTask } from "../steps/readTask.ts"
import type { TaskToSolve } from "./answerTasks.ts"

/** Calls `handle` with all tasks that were proposed for a round within `patienceBlocks` after the first. */
export const forEachRound = <E, R>(
  agent: Agent,
  patienceBlocks: number,
  handle: (tasks: readonly TaskToSolve[]) => Effect.Effect<void, E, R>,
) => {
  const rounds = new Map<number, TaskToSolve[]>()
  return forEachEvent(agent.contracts.tasks.events.TaskProposed, ({ taskId, specHash }) =>
    Effect.gen(function* () {
      const task = yield* readTask(agent, specHash)
      if (task === undefined || !task.specification.data.shards.includes(agent.shard)) return
      const examples = ownExamples(agent, task.specification.module)
      if (examples.length === 0) return
      const { round } = task.specification
      const known = rounds.get(round)
      const tasks = known ?? []
      tasks.push({ taskId, ...task, examples })
      if (known !== undefined) return
      rounds.set(round, tasks)
      const chain = yield* Chain
      yield* chain.awaitBlock((yield* chain.blockNumber) + BigInt(patienceBlocks))
      yield* handle(tasks.toSorted((a, b) => (a.taskId < b.taskId ? -1 : 1)))
    }),
  )
}
