/** What a strategy decided and no protocol can take: going on would be silence that nobody notices. */
import { Effect, Schema } from "effect"

/** A mistake in a strategy, and so a defect: it ends the run. */
export class DecisionRefused extends Schema.TaggedError<DecisionRefused>()("DecisionRefused", {
  /** Whose, and about what. */
  decision: Schema.String,
  expected: Schema.String,
  found: Schema.String,
}) {
  override get message(): string {
    return `${this.decision}: expected ${this.expected}, found ${this.found}`
  }
}

export const decisionRefused = (decision: string, expected: string, value: unknown): DecisionRefused =>
  new DecisionRefused({ decision, expected, found: shown(value) })

export const refuseDecision = (decision: string, expected: string, value: unknown): Effect.Effect<never> =>
  Effect.die(decisionRefused(decision, expected, value))

/** What a strategy's own function gave back, run if it is an effect. */
export const carriedOut = <A, E, R>(
  decision: string,
  effect: Effect.Effect<A, E, R>,
): Effect.Effect<A, E, R> =>
  Effect.isEffect(effect) ? effect : refuseDecision(decision, "an Effect, such as Effect.succeed(…)", effect)

/** A whole number from `least` to `most`. */
export const isWhole = (value: unknown, least: number, most: number): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= least && value <= most

const MOST_FIELDS = 8

function shown(value: unknown): string {
  if (typeof value !== "object" || value === null) return shownLeaf(value)
  if (Effect.isEffect(value)) return "an Effect that was not run"
  if (ArrayBuffer.isView(value)) return shownLeaf(value)
  const fields = Object.entries(value).slice(0, MOST_FIELDS)
  return `{ ${fields.map(([key, field]) => `${key}: ${shownLeaf(field)}`).join(", ")} }`
}

function shownLeaf(value: unknown): string {
  if (value === undefined) return "nothing (undefined)"
  if (typeof value === "string") return JSON.stringify(value.slice(0, 60))
  if (typeof value === "bigint") return `${value}n`
  if (typeof value === "function") return "a function"
  if (typeof value === "symbol") return "a symbol"
  if (typeof value !== "object" || value === null) return String(value)
  if (ArrayBuffer.isView(value)) {
    const { length } = value as unknown as { readonly length: number }
    return `${value.constructor.name} of ${length}`
  }
  return Array.isArray(value) ? `a list of ${value.length}` : "an object"
}
