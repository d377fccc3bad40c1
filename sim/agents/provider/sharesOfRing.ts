import type { Store } from "./storeModels.ts"
import type { RegisteredModel } from "../protocol/modelStorage.ts"

/**
 * Shards that a provider takes who asks for as many as it can: its own by agreement, then every k-th of those that follow,
 * where k accounts have the same owner, so that together they have as many different ones as possible.
 */
export const sharesOfRing = (
  { agent }: Store,
  { terms }: RegisteredModel,
  shardsEach: number,
): readonly number[] => {
  const ring = 1 + agent.accomplices.filter(({ role }) => role === "provider").length
  const count = Math.min(shardsEach, terms.totalShards)
  return Array.from({ length: count }, (_, seat) => (agent.index + seat * ring) % terms.totalShards)
}
