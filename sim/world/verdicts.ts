/** How a contract set tells what became of tasks and submissions. */
import { Effect } from "effect"
import type { Address } from "viem"
import type { Chain } from "../../chain/chain.ts"
import type { ContractReadError } from "../../chain/errors.ts"
import type { ChainLog } from "../../chain/transaction.ts"
import type { Contracts } from "../agents/contracts.ts"
import type { Offers } from "../agents/protocol/offers.ts"
import { outcomes } from "../mechanisms/taskCycle.ts"

/** A submission that a log settles; `solver` is undefined where all of the task's are settled together. */
export interface Settled {
  readonly taskId: bigint
  readonly solver: Address | undefined
}

export interface Verdicts {
  /** What a log settles, if it settles anything. */
  readonly settledBy: (log: ChainLog) => Settled | undefined
  /** `outcomes` of `sim/mechanisms/taskCycle.ts`. */
  readonly outcomeOf: (taskId: bigint, solver: Address) => Effect.Effect<number, ContractReadError, Chain>
}

export const verdictsOf = (contracts: Contracts, offers: Offers): Verdicts =>
  offers("ResultsRewards.closeTask") && offers("ResultsRewards.outcomeOf")
    ? verdictsOfTasks(contracts)
    : verdictsOfVotes(contracts)

/** The set closes tasks, and keeps the outcome of each submission. */
const verdictsOfTasks = ({ results }: Contracts): Verdicts => ({
  settledBy: (log) => {
    const closed = results.events.TaskClosed.decode(log)
    return closed && { taskId: closed.taskId, solver: undefined }
  },
  outcomeOf: (taskId, solver) => results.read.outcomeOf([taskId, solver]),
})

/** The set knows a consensus on each submission and nothing beyond it. */
const verdictsOfVotes = ({ results }: Contracts): Verdicts => ({
  settledBy: (log) => {
    const reached = results.events.YumaConsensusReached.decode(log)
    return reached && { taskId: reached.taskId, solver: reached.solver }
  },
  outcomeOf: (taskId, solver) =>
    Effect.map(results.read.getConsensusResult([taskId, solver]), ({ finalized, consensusCorrect }) => {
      if (!finalized) return outcomes.open
      return consensusCorrect ? outcomes.correct : outcomes.incorrect
    }),
})
