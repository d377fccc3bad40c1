import type { Effect } from "effect"
import type { Chain } from "../../../chain/chain.ts"
import type { Wallet } from "../../../chain/wallet.ts"
import type { ProtocolFailure } from "./protocolFailure.ts"

export interface Aggregators {
  /** Whether the round falls to this agent: settles it where it has to be settled first. */
  readonly isMyTurn: (round: number) => Effect.Effect<boolean, ProtocolFailure, Chain | Wallet>
  /** Block from which it is worth asking again, because the round may fall to another; undefined where it can't. */
  readonly nextTurn: (round: number) => Effect.Effect<bigint | undefined, ProtocolFailure, Chain>
}
