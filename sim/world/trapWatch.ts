/** Which submissions are known-bad results, as the contract set tells it. */
import { type Address, type Hex } from "viem"
import type { ChainLog } from "../../chain/transaction.ts"
import type { Contracts } from "../agents/contracts.ts"
import type { Offers } from "../agents/protocol/offers.ts"
import { revealedHash } from "../agents/revealedHash.ts"

export interface TrapWatch {
  /** Takes one log in; the task about whose submissions more is known now, if it says anything. */
  readonly observe: (log: ChainLog) => bigint | undefined
  /** By what is known so far. `solution` is the revealed content identifier. */
  readonly isTrap: (taskId: bigint, solver: Address, solution: string) => boolean
}

export const createTrapWatch = (contracts: Contracts, offers: Offers): TrapWatch =>
  offers("ForcedErrorRegistry.revealForcedError") ? hiddenTraps(contracts) : publicTraps(contracts)

/** The keeper opens which account's submission was the trap. */
const hiddenTraps = ({ forcedErrors }: Contracts): TrapWatch => {
  const solvers = new Map<bigint, Address>()
  return {
    observe: (log) => {
      const opened = forcedErrors.events.ForcedErrorOpened.decode(log)
      if (opened?.effective !== true) return undefined
      solvers.set(opened.taskId, opened.trapSolver)
      return opened.taskId
    },
    isTrap: (taskId, solver) => solvers.get(taskId) === solver,
  }
}

/** Governance names the content, before or after somebody hands it in. */
const publicTraps = ({ forcedErrors }: Contracts): TrapWatch => {
  const contents = new Map<bigint, Hex>()
  return {
    observe: (log) => {
      const injected = forcedErrors.events.ForcedErrorInjected.decode(log)
      if (injected === undefined) return undefined
      contents.set(injected.taskId, injected.knownBadHash)
      return injected.taskId
    },
    isTrap: (taskId, _solver, solution) => contents.get(taskId) === revealedHash(solution),
  }
}
