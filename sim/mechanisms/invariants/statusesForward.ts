/** No task goes back, and none takes a way that the protocol does not know. */
import { Effect } from "effect"
import type { taskContractAbi } from "../../../chain/abi/taskContract.ts"
import type { Contract } from "../../../chain/contractTypes.ts"
import { isForward, taskStatus } from "../taskStatus.ts"
import { logsOf } from "./blockActivity.ts"
import type { Invariant } from "./invariant.ts"

/** Follows the events within a block and looks at the contract after it, so that no step goes unseen. */
export const statusesForward = (tasks: Contract<typeof taskContractAbi>): Invariant => {
  const statuses = new Map<bigint, number>()
  const { TaskProposed, TaskActivated, SolutionCommitted, TaskStatusUpdated } = tasks.events
  return {
    name: "statuses-forward",
    statement:
      "A task's status only moves forward: 0 → 1 → 3 → 5 → 4 → 6 → 7 or 8 → 9 → 10, disputed (11) from 4–8 to 7 or 8.",
    needs: [],
    check: Effect.fnUntraced(function* (block) {
      const logs = logsOf(block)
      const broken: string[] = []
      const move = (taskId: bigint, to: number): void => {
        const from = statuses.get(taskId) ?? taskStatus.proposed
        if (from === to) return
        statuses.set(taskId, to)
        if (!isForward(from, to)) broken.push(`task ${taskId} went from status ${from} to ${to}`)
      }
      const touched = [TaskProposed, TaskActivated, SolutionCommitted].flatMap((event) =>
        event.findAll(logs).map(({ args }) => args.taskId),
      )
      for (const { args } of TaskStatusUpdated.findAll(logs)) {
        touched.push(args.taskId)
        move(args.taskId, args.newStatus)
      }
      for (const taskId of new Set(touched)) move(taskId, (yield* tasks.read.getTask([taskId])).status)
      return broken.length === 0 ? undefined : broken.join("; ")
    }),
  }
}
