/** `autonet-sim rules`: rules of the built-in contracts that a scenario can switch off. */
import type { RuleEntry } from "../scenario/registries.ts"
import type { ListOptions } from "./listParameters.ts"
import { matching } from "./matching.ts"
import { alignRows, wrapText } from "./terminal.ts"

/** Throws `UsageError` where no name matches the pattern. */
export function listRules(
  rules: readonly RuleEntry[],
  { pattern, json, columns, style }: ListOptions,
): string {
  const entries = matching(
    rules.map((entry) => ({ ...entry, description: entry.rule })),
    pattern,
    "rule",
  )
  if (json) return `${JSON.stringify(entries.map(asData), null, 1)}\n`
  if (columns === undefined) {
    const lines = entries.map(({ name, contract, rule }) => [name, contract, rule])
    return `${alignRows(lines, ["left", "left", "left"]).join("\n")}\n`
  }
  const blocks = entries.flatMap(({ name, contract, rule }) => [
    `${style.strong(name)}  ${style.faint(contract)}`,
    ...wrapText(rule, columns, 4),
  ])
  return `${[...blocks, "", ...wrapText(HINT, columns, 0)].join("\n")}\n`
}

const HINT =
  "A run without a rule shows what the rule is worth: autonet-sim run first-run --rule-off NAME, or in a scenario " +
  "contracts: { rulesOff: [NAME] }. In a comparison, set: { contracts.rulesOff: [NAME] }."

function asData({ name, contract, rule, attack }: RuleEntry) {
  return { name, contract, rule, attack }
}
