import { Effect } from "effect"
import type { TaskSpecification } from "../../../ml/store/taskDocuments.ts"
import { phaseKeys } from "../../mechanisms/taskCycle.ts"
import { loadSpecification } from "../steps/taskDocuments.ts"
import type { Participant } from "../participant.ts"
import type { Timetable } from "./timetable.ts"

/**
 * No contract keeps deadlines: agents agree on those that the task's specification states, counted from the block of
 * its proposal. Who breaks them is stopped by nobody. A phase that the document leaves out, or a document that cannot
 * be read, has the campaign's lengths.
 */
export const agreedTimetable = (participant: Participant): Timetable => {
  const { contracts, plan } = participant
  const lengths = Object.fromEntries(
    phaseKeys.map((key) => [key, Number(plan.phases[key])]),
  ) as unknown as Required<TaskSpecification["phases"]>

  const stated = (specHash: string) =>
    Effect.map(loadSpecification(participant, specHash), ({ phases }) => ({ ...lengths, ...phases })).pipe(
      Effect.catchTags({
        ContentNotFound: () => Effect.succeed(lengths),
        DocumentMalformed: () => Effect.succeed(lengths),
      }),
    )

  return {
    phases: Effect.succeed(lengths),
    of: Effect.fnUntraced(function* (taskId) {
      const { specHash, creationBlock } = yield* contracts.tasks.read.getTaskProposal([taskId])
      const phases = yield* stated(specHash)
      const commitEnd = creationBlock + BigInt(phases.commitBlocks)
      const groundTruthEnd = commitEnd + BigInt(phases.groundTruthBlocks)
      const solutionEnd = groundTruthEnd + BigInt(phases.solutionBlocks)
      const voteCommitEnd = solutionEnd + BigInt(phases.voteCommitBlocks)
      const voteRevealEnd = voteCommitEnd + BigInt(phases.voteRevealBlocks)
      const openingEnd = voteRevealEnd + BigInt(phases.openingBlocks)
      return { commitEnd, groundTruthEnd, solutionEnd, voteCommitEnd, voteRevealEnd, openingEnd }
    }),
  }
}
