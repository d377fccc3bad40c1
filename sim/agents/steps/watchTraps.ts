/** What anybody can read about forced errors, once they are opened. */
import { Effect } from "effect"
import type { Address } from "viem"
import type { Agent } from "../agent.ts"
import { forEachEvent } from "./awaitEvent.ts"

/** An opened commitment of the keeper: every task has one, trapped or not. */
export interface Opening {
  readonly taskId: bigint
  /** Whose submission was the known-bad result; undefined where the task held none. */
  readonly trapSolver: Address | undefined
}

/** Openings so far, in the order of the chain, from the moment this is run and for as long as the agent lives. */
export const watchTraps = Effect.fnUntraced(function* (agent: Agent) {
  const openings: Opening[] = []
  const { ForcedErrorOpened } = agent.contracts.forcedErrors.events
  const watching = forEachEvent(ForcedErrorOpened, ({ taskId, effective, trapSolver }) =>
    Effect.sync(() => void openings.push({ taskId, trapSolver: effective ? trapSolver : undefined })),
  )
  yield* Effect.forkScoped(Effect.orDie(watching))
  return openings as readonly Opening[]
})

/** Openings without a trap since the last one with. */
export const untrappedInARow = (openings: readonly Opening[]): number =>
  openings.length - 1 - openings.findLastIndex(({ trapSolver }) => trapSolver !== undefined)

/** Share of trapped tasks, an expectation counted as one more task. */
export const trapRate = (openings: readonly Opening[], expected: number): number => {
  const traps = openings.filter(({ trapSolver }) => trapSolver !== undefined).length
  return (traps + expected) / (openings.length + 1)
}
