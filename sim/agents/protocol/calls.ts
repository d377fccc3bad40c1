import { Effect, type Scope } from "effect"
import type { Address } from "viem"
import type { Chain } from "../../../chain/chain.ts"
import type { Wallet } from "../../../chain/wallet.ts"
import { roleNumbers } from "../../mechanisms/staking.ts"
import type { Participant } from "../participant.ts"
import type { ProtocolFailure } from "./protocolFailure.ts"

/** A revealed submission that coordinators have to judge. */
export interface SubmissionToJudge {
  readonly taskId: bigint
  readonly solver: Address
  /** Content identifier of the revealed update. */
  readonly solution: string
}

export type Judge<E, R> = (
  taskId: bigint,
  submissions: readonly SubmissionToJudge[],
) => Effect.Effect<unknown, E, R>

export interface Calls {
  /** Proposer: whatever has to be done so that coordinators are called, once the solutions are in. */
  readonly summon: (taskId: bigint) => Effect.Effect<void, ProtocolFailure, Chain | Wallet>
  /**
   * Handles every call of the agent to judge submissions of a task, each in a fiber of its own, for as long as the
   * agent lives.
   */
  readonly answer: <E, R>(
    handle: Judge<E, R>,
  ) => Effect.Effect<void, ProtocolFailure, R | Chain | Scope.Scope>
}

/** Whether the agent is an active coordinator: nobody else's vote counts, and looking costs. */
export const mayVote = ({ contracts, account }: Participant) =>
  contracts.staking.read.isActiveParticipant([account, roleNumbers.coordinator])

/** Submissions whose solver has revealed them, in the order of commitment. */
export const revealedSubmissions = Effect.fnUntraced(function* ({ contracts }: Participant, taskId: bigint) {
  const { tasks, results } = contracts
  const solvers = yield* tasks.read.getCommittedSolvers([taskId])
  const submissions: SubmissionToJudge[] = []
  for (const solver of solvers) {
    const solution = yield* results.read.revealedSolutions([taskId, solver])
    if (solution !== "") submissions.push({ taskId, solver, solution })
  }
  return submissions
})
