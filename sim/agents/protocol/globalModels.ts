import type { Effect } from "effect"
import type { Chain } from "../../../chain/chain.ts"
import type { Wallet } from "../../../chain/wallet.ts"
import type { Cid } from "../../../ml/store/cid.ts"
import type { ProtocolFailure } from "./protocolFailure.ts"

/** A published global model. */
export interface PublishedModel {
  readonly round: number
  readonly cid: Cid
}

/** The initial model, round 0, is published by nobody: the plan names it. */
export interface GlobalModels {
  /** The content identifier of a round's model, from 1, as soon as it is published. */
  readonly await: (round: number) => Effect.Effect<Cid, ProtocolFailure, Chain>
  /** What was published last; undefined before the first round. */
  readonly latest: Effect.Effect<PublishedModel | undefined, ProtocolFailure, Chain>
  /** Whether the model was accepted as the round's. */
  readonly publish: (model: PublishedModel) => Effect.Effect<boolean, ProtocolFailure, Chain | Wallet>
}
