/** `autonet-sim scenarios`: what ships, by name: scenarios to run, attacks to put on trial. */
import { readFileSync } from "node:fs"
import { readYaml } from "../scenario/yamlDocument.ts"
import type { ListOptions } from "./listParameters.ts"
import { matching } from "./matching.ts"
import { shippedNames, shippedScenario, shippedTrials } from "./shippedScenarios.ts"
import { alignRows, wrapText } from "./terminal.ts"

interface Entry {
  readonly name: string
  readonly kind: "scenario" | "trial"
  /** Its title. */
  readonly description: string
}

/** Throws `UsageError` where no name and no title matches the pattern. */
export function listScenarios({ pattern, json, columns, style }: ListOptions): string {
  const all = [...entriesOf(shippedNames(), "scenario"), ...entriesOf(shippedTrials(), "trial")]
  const entries = matching(all, pattern, "scenario")
  if (json) {
    const data = entries.map(({ name, kind, description }) => ({ name, kind, title: description }))
    return `${JSON.stringify(data, null, 1)}\n`
  }
  if (columns === undefined) {
    const lines = entries.map(({ name, kind, description }) => [name, kind, description])
    return `${alignRows(lines, ["left", "left", "left"]).join("\n")}\n`
  }
  const blocks = entries.flatMap(({ name, kind, description }) => [
    `${style.strong(name)}  ${style.faint(kind)}`,
    ...wrapText(description, columns, 4),
  ])
  return `${[...blocks, "", ...wrapText(HINT, columns, 0)].join("\n")}\n`
}

const HINT =
  "autonet-sim run NAME plays any of them; autonet-sim trial NAME puts an attack on trial, with its rule off and on."

const entriesOf = (names: readonly string[], kind: Entry["kind"]): readonly Entry[] =>
  names.map((name) => ({ name, kind, description: titleOf(name) }))

function titleOf(name: string): string {
  const file = shippedScenario(name)
  const read = file === undefined ? undefined : readYaml(readFileSync(file, "utf8"))
  const value: unknown = read?._tag === "read" ? read.document.value : undefined
  return typeof value === "object" && value !== null && "title" in value ? String(value.title) : ""
}
