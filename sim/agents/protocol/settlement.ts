import type { Effect, Scope } from "effect"
import type { Address } from "viem"
import type { Chain } from "../../../chain/chain.ts"
import type { Wallet } from "../../../chain/wallet.ts"
import type { ProtocolFailure } from "./protocolFailure.ts"
import type { Schedule } from "./timetable.ts"

/** Numbers of tasks as they become final, one after the other. */
export interface ClosedTasks {
  readonly take: Effect.Effect<bigint, ProtocolFailure, Chain>
}

export interface Settlement {
  /** Settles the task as soon as its votes are in, so that everybody is paid. */
  readonly close: (taskId: bigint, schedule: Schedule) => Effect.Effect<void, ProtocolFailure, Chain | Wallet>
  /** Tasks that become final from now on, while the scope is open. A number may come twice. */
  readonly closedTasks: Effect.Effect<ClosedTasks, never, Chain | Scope.Scope>
  /** Whether a solution was found correct, and is no known-bad result. */
  readonly isVerified: (taskId: bigint, solver: Address) => Effect.Effect<boolean, ProtocolFailure, Chain>
}
