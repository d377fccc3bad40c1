import type { Effect, Scope } from "effect"
import type { Chain } from "../../../chain/chain.ts"
import type { Wallet } from "../../../chain/wallet.ts"
import type { ProtocolFailure } from "./protocolFailure.ts"

type Read<A> = Effect.Effect<A, ProtocolFailure, Chain>
type Verb<A> = Effect.Effect<A, ProtocolFailure, Chain | Wallet>
type Watch = <E, R>(
  handle: (round: number) => Effect.Effect<unknown, E, R>,
) => Effect.Effect<void, ProtocolFailure, R | Chain | Scope.Scope>

/** Disputes about global models of the project that is trained, by rounds. What others made impossible gives `false`. */
export interface Disputes {
  readonly isDisputable: (round: number) => Read<boolean>
  /** Anybody: pays the deposit. Whether the dispute is open. */
  readonly open: (round: number) => Verb<boolean>
  /** Anybody, of an open dispute: has a panel drawn, waits for its verdict, has it carried out. */
  readonly settle: (round: number) => Verb<void>
  /** Coordinator: waits for calls to a panel, each in a fiber of its own; `mismatch` says whether a model is wrong. */
  readonly judge: <E, R>(
    mismatch: (round: number) => Effect.Effect<boolean, E, R>,
  ) => Effect.Effect<void, ProtocolFailure, R | Chain | Wallet | Scope.Scope>
  /** Each model that is published from now on. */
  readonly forEachPublication: Watch
  /** Each dispute that is opened from now on. */
  readonly forEachDispute: Watch
  /** Each round that has to be published again from now on. */
  readonly forEachReopened: Watch
}
