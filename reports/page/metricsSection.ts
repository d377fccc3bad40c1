import type { ExperimentResult, MetricRow, SettingResult } from "../../sim/results/experimentResult.ts"
import { formatPercent } from "../../sim/results/format.ts"
import { metricMeanings, unitText } from "../../sim/results/metricMeanings.ts"
import { settingLink } from "../anchors.ts"
import { type Column, dataTable, estimateCell } from "./dataTable.ts"
import { type Fragment, type Html, html } from "./html.ts"

/** A metric with its row in every setting that has one. */
interface Measured {
  readonly name: string
  readonly rows: ReadonlyMap<string, MetricRow>
}

const unitOf = (name: string) => {
  const unit = metricMeanings.get(name)?.unit
  return unit === undefined ? { scale: 1, symbol: "" } : unitText(unit)
}

/** By name; those without a value in any setting are left out. */
const measuredOf = (settings: readonly SettingResult[]): readonly Measured[] => {
  const names = new Set(settings.flatMap(({ metrics }) => metrics.map(({ name }) => name)))
  return [...names].sort().flatMap((name) => {
    const rows = new Map(
      settings.flatMap((setting) => {
        const row = setting.metrics.find((metric) => metric.name === name)
        return row === undefined || row.value.mean === null ? [] : [[setting.name, row] as const]
      }),
    )
    return rows.size === 0 ? [] : [{ name, rows }]
  })
}

/** One number where all settings have equally many, else one a setting in their order. */
const replicatesText = ({ rows }: Measured, settings: readonly SettingResult[]): string => {
  const counts = settings.map(({ name }) => rows.get(name)?.value.replicates ?? 0)
  return new Set(counts).size === 1 ? String(counts[0]) : counts.join(" / ")
}

const valueColumn = ({ name: setting }: SettingResult): Column<Measured> => ({
  heading: html`<a href="${settingLink(setting)}">${setting}</a>`,
  numeric: true,
  cell: ({ name, rows }): Fragment => {
    const row = rows.get(setting)
    if (row === undefined) return "–"
    return html`<div class="stacked">${estimateCell(row.value, unitOf(name).scale)}</div>`
  },
})

/** What the runs measured as a whole, explained: a row a metric, a column a setting. */
export const metricsSection = ({ settings, intervalConfidence }: ExperimentResult): Html | null => {
  const measured = measuredOf(settings)
  if (measured.length === 0) return null
  return html`<section aria-labelledby="metrics">
    <h2 id="metrics">Metrics</h2>
    <p>
      What was measured of whole runs. A metric without a value in any run is left out; a dash marks a setting
      without one.
    </p>
    ${dataTable<Measured>({
      caption: html`Mean over runs with ${formatPercent(intervalConfidence, 0)} interval; a number without one
      is the same in every run, or of one run.`,
      columns: [
        { heading: "Metric", rowHeading: true, cell: ({ name }) => name },
        {
          heading: "Meaning",
          cell: ({ name }) => html`<div class="meaning">${metricMeanings.get(name)?.meaning ?? ""}</div>`,
        },
        { heading: "Unit", cell: ({ name }) => unitOf(name).symbol },
        ...settings.map(valueColumn),
        { heading: "Replicates", numeric: true, cell: (row) => replicatesText(row, settings) },
      ],
      rows: measured,
    })}
  </section> `
}
