/** `autonet-sim agents`: the strategies that agents may follow, with their options. */
import { roles } from "../agents/role.ts"
import { optionsOf, type OptionEntry } from "../scenario/optionsOf.ts"
import { roleOf } from "../scenario/problems.ts"
import type { StrategyEntry } from "../scenario/registries.ts"
import type { ListOptions } from "./listParameters.ts"
import { matching } from "./matching.ts"
import { alignRows, wrapText } from "./terminal.ts"

interface Listed {
  readonly name: string
  readonly description: string
  readonly options: readonly OptionEntry[]
}

/** By role, then by name. Throws `UsageError` where no name matches the pattern. */
export function listStrategies(
  strategies: ReadonlyMap<string, StrategyEntry>,
  { pattern, json, columns, style }: ListOptions,
): string {
  const all = [...strategies].map(([name, entry]) => {
    return { name, description: entry.description ?? "", options: optionsOf(entry) }
  })
  const entries = matching(all.sort(byRole), pattern, "strategy")
  if (json) return `${JSON.stringify(entries.map(asData), null, 1)}\n`
  if (columns === undefined) {
    const lines = entries.map(({ name, description, options }) => [name, description, inLine(options)])
    return `${alignRows(lines, ["left", "left", "left"]).join("\n")}\n`
  }
  const blocks = entries.flatMap(({ name, description, options }) => [
    style.strong(name),
    ...wrapText(description, columns, 4),
    ...options.flatMap((option) => [
      ...wrapText(headOf(option), columns, 6),
      ...wrapText(option.description, columns, 10).map(style.faint),
    ]),
  ])
  return `${[...blocks, "", ...wrapText(HINT, columns, 0)].join("\n")}\n`
}

const HINT =
  "In a scenario: population: [{ strategy: coordinator/honest, count: 5, options: { examples: 0.5 } }]. Your own, in a " +
  "file: strategy: ./mine.ts; autonet-sim init --strategy DIR writes one to start from, and autonet-sim agents ./mine.ts " +
  "shows what it offers."

const placeOf = (name: string): number => roles.findIndex((role) => role === roleOf(name))

const byRole = (a: Listed, b: Listed): number =>
  placeOf(a.name) - placeOf(b.name) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)

function headOf(option: OptionEntry): string {
  const { name, values, when } = option
  return `${name}: ${valueOf(option)}${values}${when === undefined ? "" : ` (with ${when})`}`
}

function valueOf(option: OptionEntry): string {
  if (option.default !== null) return `default ${textOf(option.default)}; `
  return option.required ? "to be given; " : ""
}

const inLine = (options: readonly OptionEntry[]): string =>
  options
    .map((option) => `${option.name}=${option.default === null ? "" : textOf(option.default)}`)
    .filter((text, index, all) => all.indexOf(text) === index)
    .join(" ")

const textOf = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value))

function asData({ name, description, options }: Listed) {
  const data = options.map(({ when, ...option }) => (when === undefined ? option : { ...option, when }))
  return { name, role: roleOf(name), description, options: data }
}
