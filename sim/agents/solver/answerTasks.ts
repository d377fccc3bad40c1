/** The life of a solver around the answer itself: stake, watch for tasks that invite its shard, submit. */
import { Effect } from "effect"
import { Chain } from "../../../chain/chain.ts"
import type { TaskSpecification } from "../../../ml/store/taskDocuments.ts"
import type { Agent } from "../agent.ts"
import { carriedOut, isWhole, refuseDecision } from "../decisionRefused.ts"
import { seeThrough } from "./seeThrough.ts"
import type { GlobalModel } from "../steps/globalModel.ts"
import { stakeAs, topUpStake } from "../steps/join.ts"
import { openStopLoss } from "../steps/stopLoss.ts"
import { submitSolution } from "../steps/submitSolution.ts"
import { ownExamples } from "../steps/ownExamples.ts"
import { readTask } from "../steps/readTask.ts"
import { encodeUpdate } from "../steps/taskDocuments.ts"
import { forEachEvent } from "../steps/awaitEvent.ts"
import { unlessDiverged } from "../steps/unlessDiverged.ts"

/** What a solver hands in: a weight update and the number of samples it claims for it. */
export interface Answer {
  readonly update: Float32Array
  readonly samples: number
  /** What it says of its own accuracy, in bps, if it says anything. */
  readonly claimedAccuracyBps?: number
  /** Checkpoint documents that the chain has the hashes of, shown with the update. */
  readonly trail?: readonly Uint8Array[]
}

/** A task as a solver sees it. */
export interface TaskToSolve {
  readonly taskId: bigint
  readonly specification: TaskSpecification
  readonly base: GlobalModel
  /** Those of its shard that the task is about. */
  readonly examples: Uint32Array
}

/** What an answer may fail of; from a divergence the solver has nothing to hand in, and goes on to the next task. */
interface AnswerError {
  readonly _tag: string
  readonly message: string
}

/**
 * Stakes, then answers every task that invites the agent's shard with what `answer` makes. Whose shard has no example of
 * what the task is about leaves it to others, and who does not want to train a module. `leaveAfterLosses`: see
 * `leaveAfterLossesOption`.
 */
export const answerTasks = <E extends AnswerError, R>(
  agent: Agent,
  answer: (task: TaskToSolve) => Effect.Effect<Answer, E, R>,
  isWanted: (module: string) => boolean = () => true,
  leaveAfterLosses = 0,
) =>
  Effect.gen(function* () {
    const chain = yield* Chain
    yield* stakeAs(agent, "solver", agent.stakeWei)
    const stopLoss = yield* openStopLoss(agent, leaveAfterLosses)
    yield* forEachEvent(agent.contracts.tasks.events.TaskProposed, ({ taskId, specHash }) =>
      Effect.gen(function* () {
        const task = yield* readTask(agent, specHash)
        if (task === undefined || !task.specification.data.shards.includes(agent.shard)) return
        if (!isWanted(task.specification.module) || stopLoss.hasLeft()) return
        const examples = ownExamples(agent, task.specification.module)
        if (examples.length === 0) return
        yield* stopLoss.begin
        yield* answerTask(agent, { taskId, ...task, examples }, answer)
        if (leaveAfterLosses === 0) return
        // What the task brought is known when it is settled.
        yield* chain.awaitBlock((yield* agent.protocol.timetable.of(taskId)).openingEnd + 2n)
        yield* stopLoss.end
      }),
    )
  })

/** Refuses what no solver can hand in; numbers that outgrew what can be written down are not meant. */
const checkedAnswer = ({ name, work }: Agent, answer: Answer): Effect.Effect<Answer> => {
  const given: Partial<Record<keyof Answer, unknown>> = answer ?? {}
  const { update, samples, claimedAccuracyBps = 0, trail = [] } = given
  const isAnswer =
    update instanceof Float32Array &&
    update.length === work.parameterCount &&
    isWhole(samples, 0, Number.MAX_SAFE_INTEGER) &&
    isWhole(claimedAccuracyBps, 0, 10_000) &&
    Array.isArray(trail)
  if (isAnswer) return Effect.succeed(answer)
  const expected =
    `{ update: a Float32Array of ${work.parameterCount}, samples: a whole number, ` +
    "claimedAccuracyBps: 0 to 10000 or nothing, trail: documents or nothing }"
  return refuseDecision(`what ${name} hands in for a task`, expected, answer)
}

/** Makes an answer, commits to it and reveals it, brings the stake back to what it was, and sees to the task's end. */
export const answerTask = Effect.fnUntraced(function* <E extends AnswerError, R>(
  agent: Agent,
  task: TaskToSolve,
  answer: (task: TaskToSolve) => Effect.Effect<Answer, E, R>,
) {
  const made = yield* unlessDiverged(
    Effect.gen(function* () {
      const made = yield* carriedOut(`what ${agent.name}'s answer gives back`, answer(task))
      const { update, trail, ...claims } = yield* checkedAnswer(agent, made)
      return { solution: yield* encodeUpdate({ agent, values: update, ...claims }), trail }
    }),
  )
  if (made === undefined) return
  yield* submitSolution(agent, task.taskId, made.solution, made.trail)
  yield* topUpStake(agent)
  yield* seeThrough(agent, task.taskId)
})
