/** Standard normal numbers by name, kept for as long as they are likely to be asked for again. */
import { deriveStream } from "../../sim/kernel/randomStream.ts"

/** `count` draws of the stream of `name`: the same name gives the same numbers. Don't write to them. */
export type Draws = (name: string, count: number) => Float64Array

/** Keeps the draws of at most `limit` names; the oldest go first. */
export const createDraws = (limit = 1_000): Draws => {
  const kept = new Map<string, Float64Array>()
  return (name, count) => {
    const found = kept.get(name)
    if (found !== undefined && found.length === count) return found
    const stream = deriveStream(name, "ml/surrogate")
    const draws = Float64Array.from({ length: count }, () => stream.normal())
    kept.set(name, draws)
    if (kept.size > limit) kept.delete(kept.keys().next().value!)
    return draws
  }
}
