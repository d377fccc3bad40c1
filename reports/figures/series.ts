/** Which series there are, in which order, and how they look: the same in every figure. */
import { byCodeUnits } from "../tables/table.ts"
import { seriesColour } from "./palette.ts"

export const BASE = "base"

/** The role of `coordinator/lazy` is `coordinator`. */
export const roleOf = (strategy: string): string => strategy.split("/")[0] ?? strategy

/** What distinguishes `coordinator/lazy` from others of its role: `lazy`. */
export const variantOf = (strategy: string): string => {
  const slash = strategy.indexOf("/")
  return slash < 0 ? strategy : strategy.slice(slash + 1)
}

/** Settings in the order of the experiment: base, then the comparisons. */
export const settingsOf = (rows: readonly { readonly setting: string }[]): string[] => [
  ...new Set(rows.map((row) => row.setting)),
]

const honestFirst = (a: string, b: string): number =>
  Number(b === "honest") - Number(a === "honest") || byCodeUnits(a, b)

/** Strategies by role; within a role honest first, then by name. */
export const strategiesOf = (rows: readonly { readonly strategy: string }[]): string[] =>
  [...new Set(rows.map((row) => row.strategy))].sort(
    (a, b) => byCodeUnits(roleOf(a), roleOf(b)) || honestFirst(variantOf(a), variantOf(b)),
  )

export const variantsOf = (rows: readonly { readonly strategy: string }[]): string[] =>
  [...new Set(rows.map((row) => variantOf(row.strategy)))].sort(honestFirst)

const dashes: readonly (readonly [number, number])[] = [
  [1, 0],
  [6, 3],
  [2, 2],
  [10, 4],
]

export const colourScale = (names: readonly string[]) => ({
  domain: [...names],
  range: names.map((_, index) => seriesColour(index)),
})

export const dashScale = (names: readonly string[]) => ({
  domain: [...names],
  range: names.map((_, index) => [...(dashes[index % dashes.length] ?? [1, 0])]),
})
