/** `autonet-sim params`: the registry of contract parameters, for people, for pipes and for programs. */
import { parameterDisplay, parameterText, rangeDisplay } from "../results/parameterText.ts"
import { DEFAULT_BLOCK_SECONDS } from "../scenario/parameterValue.ts"
import { parameterName, type ParameterEntry } from "../scenario/registries.ts"
import { matching } from "./matching.ts"
import { alignRows, type Style, wrapText } from "./terminal.ts"

export interface ListOptions {
  readonly pattern: string | undefined
  readonly json: boolean
  /** Columns of the terminal; undefined where the output is piped: then each entry is one line. */
  readonly columns: number | undefined
  readonly style: Style
}

/** Throws `UsageError` where no name matches the pattern. */
export function listParameters(
  parameters: readonly ParameterEntry[],
  { pattern, json, columns, style }: ListOptions,
): string {
  const entries = matching(
    parameters.map((entry) => ({ ...entry, name: parameterName(entry) })),
    pattern,
    "parameter",
  )
  if (json) return `${JSON.stringify(entries.map(asData), null, 1)}\n`
  const rows = entries.map((entry) => [entry.name, defaultText(entry), rangeOf(entry)])
  if (columns === undefined) {
    const lines = entries.map((entry, index) => [...rows[index]!, entry.setBy, entry.description])
    return `${alignRows(lines, ["left", "left", "left", "left", "left"]).join("\n")}\n`
  }
  const table = alignRows([["parameter", "default", "range"], ...rows], ["left", "left", "left"])
  const fits = table.every((line) => line.length <= columns)
  const heads = fits ? table.slice(1) : entries.map(({ name }) => name)
  const blocks = entries.flatMap((entry, index) => [
    heads[index] ?? "",
    ...(fits ? [] : wrapText(`default ${defaultText(entry)}; ${rangeOf(entry)}`, columns, 4)),
    ...[entry.description, entry.setBy].flatMap((text) => wrapText(text, columns, 4)).map(style.faint),
  ])
  const title = fits ? [style.strong(table[0] ?? "")] : []
  return `${[...title, ...blocks, "", ...wrapText(HINT, columns, 0)].join("\n")}\n`
}

const HINT =
  "Governance alone makes these calls: a proposal, queued in the timelock. A scenario sets them at genesis: " +
  'parameters: { ResultsRewards.coordinatorFee: "2 ATN" }, or --set parameters.ResultsRewards.panelSize=3.'

function defaultText({ default: value, unit }: ParameterEntry): string {
  const text = parameterDisplay(value, unit)
  return unit === "blocks" && value > 0n
    ? `${text} = ${parameterText(value * DEFAULT_BLOCK_SECONDS, "seconds")}`
    : text
}

function rangeOf({ min, max, unit }: ParameterEntry): string {
  return rangeDisplay(min, max, unit)
}

function asData(entry: ParameterEntry & { readonly name: string }) {
  const { name, unit, setBy, description } = entry
  const range = { min: String(entry.min), max: String(entry.max) }
  return {
    name,
    unit,
    default: String(entry.default),
    ...range,
    text: defaultText(entry),
    setBy,
    description,
  }
}
