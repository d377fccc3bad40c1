/** What a solver's own attempts have brought, capability by capability: the only way to know what is accepted. */
import { Effect } from "effect"
import { Chain } from "../../../chain/chain.ts"
import type { Agent } from "../agent.ts"
import type { ProtocolFailure } from "../protocol/protocolFailure.ts"

/** An attempt whose result was not known when it was last looked for. */
interface Attempt {
  readonly capability: string
  readonly taskId: bigint
}

export interface Experience {
  /** Share of the full reward that an attempt brings, 0 to 1: 1 before any. */
  readonly yieldOf: (capability: string) => number
  /** Remembers to look for the result later. */
  readonly attempted: (attempt: Attempt) => void
  /** Takes the results in that have become known: a place that was refused or a solution that was not verified is 0. */
  readonly catchUp: Effect.Effect<void, ProtocolFailure, Chain>
}

/** `memory`: weight of the newest result; 0 learns nothing. */
export const createExperience = (agent: Agent, memory: number): Experience => {
  const yields = new Map<string, number>()
  let open: Attempt[] = []
  const yieldOf = (capability: string): number => yields.get(capability) ?? 1
  return {
    yieldOf,
    attempted: (attempt) => void open.push(attempt),
    catchUp: Effect.gen(function* () {
      const attempts = open
      open = []
      for (const attempt of attempts) {
        const result = yield* resultOf(agent, attempt.taskId)
        if (result === undefined) {
          open.push(attempt)
          continue
        }
        const { capability } = attempt
        yields.set(capability, (1 - memory) * yieldOf(capability) + memory * result)
      }
    }),
  }
}

/** Score ÷ 100 of a verified solution, 0 of another or of none; undefined while it is open. */
const resultOf = Effect.fnUntraced(function* (agent: Agent, taskId: bigint) {
  const { results } = agent.contracts
  const { openingEnd } = yield* agent.protocol.timetable.of(taskId)
  const key = [taskId, agent.account] as const
  const { finalized, consensusCorrect, consensusScore } = yield* results.read.getConsensusResult(key)
  if (finalized) return consensusCorrect ? Number(consensusScore) / 100 : 0
  const chain = yield* Chain
  return (yield* chain.blockNumber) > openingEnd ? 0 : undefined
})
