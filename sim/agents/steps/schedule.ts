import { Effect } from "effect"
import { parameterKey } from "../../../chain/suite.ts"
import type { PhaseKey } from "../../mechanisms/taskCycle.ts"
import type { Agent } from "../agent.ts"

/** Last block of each phase of a task, fixed at its proposal. */
export interface Schedule {
  readonly commitEnd: bigint
  readonly groundTruthEnd: bigint
  readonly solutionEnd: bigint
  readonly voteCommitEnd: bigint
  readonly voteRevealEnd: bigint
  readonly openingEnd: bigint
}

export const readSchedule = (agent: Agent, taskId: bigint) =>
  Effect.map(agent.contracts.tasks.read.scheduleOf([taskId]), (schedule): Schedule => schedule)

/** Lengths of the solvers' phases that a task proposed now would get, in blocks. */
export const readPhases = Effect.fnUntraced(function* (agent: Agent) {
  const read = (key: PhaseKey) =>
    Effect.map(agent.contracts.tasks.read.parameter([parameterKey(key)]), Number)
  return {
    commitBlocks: yield* read("commitBlocks"),
    groundTruthBlocks: yield* read("groundTruthBlocks"),
    solutionBlocks: yield* read("solutionBlocks"),
  }
})
