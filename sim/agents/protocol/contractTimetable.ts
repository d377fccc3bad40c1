import { Effect } from "effect"
import { parameterKey } from "../../../chain/suite.ts"
import type { PhaseKey } from "../../mechanisms/taskCycle.ts"
import type { Participant } from "../participant.ts"
import type { Schedule, Timetable } from "./timetable.ts"

/** The contract fixes every deadline at the task's proposal, and enforces it. */
export const contractTimetable = ({ contracts }: Participant): Timetable => {
  const { tasks } = contracts
  const read = (key: PhaseKey) => Effect.map(tasks.read.parameter([parameterKey(key)]), Number)
  return {
    phases: Effect.gen(function* () {
      return {
        commitBlocks: yield* read("commitBlocks"),
        groundTruthBlocks: yield* read("groundTruthBlocks"),
        solutionBlocks: yield* read("solutionBlocks"),
      }
    }),
    of: (taskId) => Effect.map(tasks.read.scheduleOf([taskId]), (schedule): Schedule => schedule),
  }
}
