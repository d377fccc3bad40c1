import { contractsName, settingsOn } from "../../sim/results/contractsSummary.ts"
import type { ExperimentResult } from "../../sim/results/experimentResult.ts"
import { formatCount } from "../../sim/results/format.ts"
import type { ContractSetRecord } from "../../sim/results/manifest.ts"
import type { Table } from "../tables/table.ts"
import type { ViolationRow } from "../tables/violations.ts"
import { parameterUses, differsFromDefault, valueText } from "./contractSets.ts"
import type { ParameterUse } from "./contractSets.ts"
import { dataTable } from "./dataTable.ts"
import { type Html, html } from "./html.ts"
import { capitalised, listing } from "../../sim/results/sentence.ts"

const SOURCES = {
  default: "default",
  scenario: "the scenario",
  bytecode: "fixed by the bytecode",
  absent: "no setter, no view",
} as const

const perSetting = (
  use: ParameterUse,
  cell: (value: ParameterUse["values"][number]) => string,
): readonly Html[] =>
  use.values.map((value, index) => {
    const where = use.values.length === 1 ? "" : ` (${listing(value.settings)})`
    return html`${index === 0 ? null : html`<br />`}${cell(value)}${where}`
  })

const parametersTable = (caption: string, uses: readonly ParameterUse[]): Html =>
  dataTable<ParameterUse>({
    caption,
    columns: [
      {
        heading: "Parameter",
        rowHeading: true,
        cell: ({ record }) => [
          html`<code>${record.name}</code>`,
          html`<br /><span class="why">${record.description}</span>`,
        ],
      },
      { heading: "Value", cell: (use) => perSetting(use, ({ value }) => valueText(value, use.record)) },
      { heading: "Default", cell: ({ record }) => valueText(record.default, record) },
      { heading: "Set by", cell: (use) => perSetting(use, ({ source }) => SOURCES[source]) },
    ],
    rows: uses,
  })

const list = (items: readonly (string | Html)[]): Html =>
  html`<ul>
    ${items.map((item) => html`<li>${item}</li>`)}
  </ul>`

const folded = (summary: string, items: readonly (string | Html)[]): Html | null =>
  items.length === 0
    ? null
    : html`<details>
        <summary>${summary}</summary>
        ${list(items)}
      </details> `

/** What a fork of each run said at its end, when all agents fell silent. */
const livenessOf = (
  set: ContractSetRecord,
  result: ExperimentResult,
  violations: Table<ViolationRow>,
): string => {
  const settings = settingsOn(set, result.manifest)
  const unchecked = set.unchecked.find(({ invariant }) => invariant === "liveness")
  if (unchecked !== undefined) return `Liveness could not be checked: ${unchecked.reason}.`
  const hanging = violations.rows.filter(
    ({ invariant, setting }) => invariant === "liveness" && settings.includes(setting),
  )
  const runs = result.settings.filter(({ name }) => settings.includes(name)).flatMap(({ runs }) => runs)
  return hanging.length === 0
    ? `Liveness: at the end of ${runs.length === 1 ? "the run" : `each of ${runs.length} runs`} a stranger could have finished every task without the agents.`
    : `Liveness: ${formatCount(hanging.length, "thing")} would have hung for ever without the agents; see the table of violations.`
}

const setPart = (set: ContractSetRecord, result: ExperimentResult, violations: Table<ViolationRow>): Html => {
  const { manifest } = result
  const code = manifest.inputs.contractSets[set.id]?.code ?? {}
  return html`<h3>${capitalised(contractsName(set))}: ${listing(settingsOn(set, manifest))}</h3>
    <p>Compiler: ${set.compiler}. ${livenessOf(set, result, violations)}</p>
    ${
      set.rulesOff.length === 0
        ? null
        : html`<div class="warning" role="note">
            <p><strong>Rules that are off.</strong> The contracts keep these otherwise:</p>
            ${list(set.rulesOff.map(({ name, rule }) => html`<code>${name}</code>: ${rule}`))}
          </div>`
    }
    ${folded(
      `${formatCount(set.fixed.length, "number")} that the set shows and has no setter for`,
      set.fixed.map(({ view, value }) => html`<code>${view}()</code> = ${value}`),
    )}
    ${folded(
      `${formatCount(set.unchecked.length, "invariant")} that this set gives no way to check`,
      set.unchecked.map(({ invariant, reason }) => html`<code>${invariant}</code>: ${reason}`),
    )}
    ${folded(
      `${formatCount(set.missing.length, "function")} of the built-in contracts that this set lacks`,
      set.missing.map((name) => html`<code>${name}</code>`),
    )}
    ${folded(
      `Code of ${formatCount(Object.keys(code).length, "contract")}`,
      Object.keys(code)
        .sort()
        .map((name) => html`${name} <code class="digest">${code[name] ?? ""}</code>`),
    )} `
}

/** Which contracts the settings ran on, and what their parameters were: from the manifest. */
export const contractsSection = (result: ExperimentResult, violations: Table<ViolationRow>): Html => {
  const { manifest } = result
  const uses = parameterUses(manifest)
  const changed = uses.filter(differsFromDefault)
  const told = uses.filter((use) => !changed.includes(use) && use.values.some(({ value }) => value !== null))
  const untold = uses.filter((use) => !changed.includes(use) && !told.includes(use))
  return html`<section aria-labelledby="contracts">
    <h2 id="contracts">Contracts and parameters</h2>
    ${manifest.contractSets.map((set) => setPart(set, result, violations))}
    ${
      changed.length === 0
        ? html`<p>Every parameter that the contracts show stood at its default.</p>`
        : parametersTable("Parameters that were not at their default.", changed)
    }
    ${
      told.length === 0
        ? null
        : html`<details>
            <summary>${formatCount(told.length, "parameter")} at their default</summary>
            ${parametersTable("Parameters at their default.", told)}
          </details>`
    }
    ${folded(
      `${formatCount(untold.length, "parameter")} that the contracts do not have, or do not show`,
      untold.map(({ record }) => html`<code>${record.name}</code>`),
    )}
  </section> `
}
