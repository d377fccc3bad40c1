/** Whether a global model that was published is another than the round's verified updates come to. */
import { Effect } from "effect"
import type { Agent } from "../agent.ts"
import { averageRound } from "./averageRound.ts"
import { awaitGlobalModel, loadModel } from "./globalModel.ts"
import { orNothing } from "./orNothing.ts"
import { closedTasksUntil } from "./roundOfTask.ts"

/** An aggregator that has run out of time publishes some blocks after it has looked which tasks are closed. */
const BLOCKS_TO_PUBLISH = 5n

/** True also where it cannot be read, or came before the round was over. Undefined where there is none. */
export const isMiscomputed = Effect.fnUntraced(function* (agent: Agent, round: number) {
  const published = yield* publicationOf(agent, round)
  if (published === undefined) return undefined
  const { cid, block } = published
  const model = yield* orNothing(loadModel(agent, round, cid))
  if (model === undefined) return true
  const { tasksPerRound, roundLimitBlocks } = agent.plan
  const began = (yield* publicationOf(agent, round - 1))?.block ?? 0n
  const base = yield* awaitGlobalModel(agent, round - 1)
  const tasks = yield* closedTasksUntil(agent, round, block - 1n)
  const isComplete = tasks.length >= tasksPerRound
  if (!isComplete && block < began + roundLimitBlocks) return true
  if (isSame(model.weights, yield* averageRound(agent, base, tasks))) return false
  if (isComplete) return true
  const before = yield* closedTasksUntil(agent, round, block - 1n - BLOCKS_TO_PUBLISH)
  return !isSame(model.weights, yield* averageRound(agent, base, before))
})

/** The last one of the round, and the block that it came with. */
const publicationOf = Effect.fnUntraced(function* (agent: Agent, round: number) {
  const published = yield* agent.contracts.project.events.GlobalModelPublished.past()
  const last = published.findLast(
    ({ args }) => args.projectId === agent.plan.projectId && args.round === BigInt(round),
  )
  return last && { cid: last.args.cid, block: last.log.blockNumber }
})

const isSame = (a: Float32Array, b: Float32Array): boolean =>
  a.length === b.length && a.every((value, i) => value === b[i])
