/** Runs with strategies from outside leave nothing behind on the host: the next run begins as this one did. */
import { Schema } from "effect"
import type { Scenario } from "../scenario/scenario.ts"
import { type HostSnapshot, restoreHost, takeHostSnapshot } from "./hostSnapshot.ts"

/** A strategy from a file kept something where the next run of the same thread would find it. */
export class StateLeftBehind extends Schema.TaggedError<StateLeftBehind>()("StateLeftBehind", {
  files: Schema.Array(Schema.String),
  /** As an author would write it: `globalThis.counter`. */
  names: Schema.Array(Schema.String),
  /** What the run failed of besides, perhaps because of what was left; null if of nothing. */
  failure: Schema.NullOr(Schema.String),
}) {
  override get message(): string {
    const besides = this.failure === null ? "" : `; besides, ${this.failure}`
    return `${this.files.join(", ")}: ${leftBehind(this.names)}${besides}`
  }
}

/** What was left, what follows, and what would be right, about a file. */
export function leftBehind(names: readonly string[]): string {
  const [first, second, third, ...others] = names
  const shown = [first, second, third].filter((name) => name !== undefined).join(", ")
  const more = others.length === 0 ? "" : ` and ${others.length} more`
  const what = `it leaves ${shown}${more} behind on the host, where the next run would find it`
  return `${what}; what a strategy remembers belongs inside run`
}

/** What the host has at the moment, and what the program gives to strategies. */
export async function hostNow(): Promise<HostSnapshot> {
  return takeHostSnapshot(await import("../agents/index.ts"))
}

/** Plays a run. Rejects with `StateLeftBehind` where something was left, and takes it away. */
export async function leavingNothing<A>(
  { strategyFiles = [] }: Scenario,
  play: () => Promise<A>,
): Promise<A> {
  if (strategyFiles.length === 0) return play()
  const before = await hostNow()
  const files = strategyFiles.map(({ path }) => path)
  try {
    const result = await play()
    const names = restoreHost(before)
    if (names.length > 0) throw new StateLeftBehind({ files, names, failure: null })
    return result
  } catch (error) {
    const names = restoreHost(before)
    if (names.length === 0) throw error
    throw new StateLeftBehind({
      files,
      names,
      failure: error instanceof Error ? error.message : String(error),
    })
  }
}
