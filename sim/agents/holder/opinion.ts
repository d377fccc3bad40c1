/** What a holder thinks of a proposal: by what its call does, as far as it reads that, else by a draw of its own. */
import { Effect, Random, Schema } from "effect"
import type { Agent } from "../agent.ts"
import { contractAt, readCall, type Call } from "../government/call.ts"
import type { Motion } from "../government/motion.ts"
import { textOf } from "../government/proposalText.ts"
import { withDefault } from "../strategyOptions.ts"

const share = Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 }))

/** Those of `holder/delegate` that say what it wants. */
export const opinionOptions = {
  care: share.pipe(
    withDefault(1, "Probability that it reads what a proposal would do; otherwise it goes by its opinion."),
  ),
  support: share.pipe(
    withDefault(0.5, "Probability that its opinion of a proposal that it has no other view of is in favour."),
  ),
  ideals: Schema.Record(Schema.String, Schema.Finite).pipe(
    withDefault(
      {},
      "What it wants parameters to be, by name, in the contract's own unit: it favours what brings them nearer.",
    ),
  ),
  tolerance: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1_000 })).pipe(
    withDefault(
      1,
      "Change of a parameter, as a share of its value, up to which it does not mind; it rejects larger ones.",
    ),
  ),
  votePriceAtn: Schema.NullOr(Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0))).pipe(
    withDefault(null, "ATN for 1,000 votes at which it sells its vote; null = never."),
  ),
}

export interface Preferences {
  readonly care: number
  readonly support: number
  readonly ideals: Readonly<Record<string, number>>
  readonly tolerance: number
  readonly votePriceAtn: number | null
}

/** Whether it votes for a proposal. */
export const opinionOn = Effect.fnUntraced(function* (agent: Agent, motion: Motion, options: Preferences) {
  const reads = (yield* Random.next) < options.care
  const favours = (yield* Random.next) < options.support
  if (!reads || motion.call === undefined) return favours
  return (yield* viewOf(agent, motion.call, options)) ?? favours
})

/** Whether the author of a proposal offers as much for its vote as it asks. */
export const sellsItsVote = Effect.fnUntraced(function* (
  agent: Agent,
  { description }: Motion,
  { votePriceAtn }: Preferences,
) {
  if (votePriceAtn === null) return false
  const offered = (yield* textOf(agent, description))?.bribeAtnPerThousandVotes ?? 0
  return offered > 0 && offered >= votePriceAtn
})

/** What follows from reading a call; undefined where it leaves the holder without a view. */
const viewOf = Effect.fnUntraced(function* (agent: Agent, call: Call, options: Preferences) {
  const reading = readCall(agent.contracts, call)
  if (reading.kind === "handsOver") return false
  if (reading.kind !== "parameter") return undefined
  const contract = contractAt(agent.contracts, call.target)
  if (contract === undefined || !("parameter" in contract.read)) return undefined
  const before = Number(yield* contract.read.parameter([reading.key]))
  const after = Number(reading.value)
  const ideal = options.ideals[reading.name]
  if (ideal !== undefined) return Math.abs(after - ideal) < Math.abs(before - ideal)
  const change = before === 0 ? (after === 0 ? 0 : Infinity) : Math.abs(after - before) / before
  return change > options.tolerance ? false : undefined
})
