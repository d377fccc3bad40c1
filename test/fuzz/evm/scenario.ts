/** A generated case as plain data: what stands in the world, and what happens to it. Replays without a generator. */
import type { AccountState, BlockEnvironment, Message } from "../../../chain/engine/engine.ts"

export type Step =
  | { readonly kind: "transact" | "view"; readonly message: Message; readonly block: number }
  | { readonly kind: "snapshot" }
  /** Back to one of the snapshots that are still good; counted from the newest, modulo how many there are. */
  | { readonly kind: "restore"; readonly back: number }
  /** A copy of the engine executes the message; it must do what the engine says in a view, and leave it alone. */
  | { readonly kind: "fork"; readonly message: Message; readonly block: number }

export interface Scenario {
  readonly accounts: readonly AccountState[]
  readonly blocks: readonly BlockEnvironment[]
  readonly steps: readonly Step[]
}

const bigintMark = /^-?\d+n$/

/** JSON in which a bigint is a string of its digits and an `n`. */
export const toJson = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) => (typeof part === "bigint" ? `${part}n` : part), 2)

export const fromJson = (json: string): unknown =>
  JSON.parse(json, (_key, part: unknown) =>
    typeof part === "string" && bigintMark.test(part) ? BigInt(part.slice(0, -1)) : part,
  )
