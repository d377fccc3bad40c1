/** The seat of an agent that builds blocks. */
import type { Effect } from "effect"
import type { OrderingPolicy } from "../../chain/ordering/orderingPolicy.ts"

export interface BlockBuilder {
  /** Orders the blocks that this agent builds from now on; until then they are in the scenario's order. */
  readonly orderBy: (order: OrderingPolicy["order"]) => Effect.Effect<void>
}
