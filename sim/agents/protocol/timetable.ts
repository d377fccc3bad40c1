import type { Effect } from "effect"
import type { Chain } from "../../../chain/chain.ts"
import type { TaskSpecification } from "../../../ml/store/taskDocuments.ts"
import type { ProtocolFailure } from "./protocolFailure.ts"

/** Last block of each phase of a task. */
export interface Schedule {
  readonly commitEnd: bigint
  readonly groundTruthEnd: bigint
  readonly solutionEnd: bigint
  readonly voteCommitEnd: bigint
  readonly voteRevealEnd: bigint
  readonly openingEnd: bigint
}

export interface Timetable {
  /** Lengths of the phases that a task proposed now gets, in blocks, as its specification states them. */
  readonly phases: Effect.Effect<TaskSpecification["phases"], ProtocolFailure, Chain>
  readonly of: (taskId: bigint) => Effect.Effect<Schedule, ProtocolFailure, Chain>
}
