import type { Participant } from "./participant.ts"
import type { Protocol } from "./protocol/protocol.ts"

/**
 * All that a strategy is given, and with the `Chain` all that it may observe: its own accounts, public chain
 * state, the mempool as the network shows it, the content store. Nothing here reveals another agent's strategy.
 */
export interface Agent extends Participant {
  /** What the agent can do in the protocol, whatever the contract set. */
  readonly protocol: Protocol
}
