import { Effect } from "effect"
import type { Aggregators } from "./aggregators.ts"
import type { Participant } from "../participant.ts"

/** Nothing is drawn: every round falls to the first aggregator, by agreement. */
export const firstAggregator = ({ index }: Participant): Aggregators => ({
  isMyTurn: () => Effect.succeed(index === 0),
  nextTurn: () => Effect.succeed(undefined),
})
