import { formatCount, formatDecimal, formatPercent } from "../../sim/results/format.ts"
import { COUNT_RANGE, SHARE_RANGE } from "../../sim/results/interval.ts"
import { runLink, settingLink } from "../anchors.ts"
import type { CapabilityRow } from "../tables/capabilities.ts"
import { groupBy, keyOf } from "../tables/groupBy.ts"
import { type MeanOfRuns, meanOfRuns } from "../tables/meanOfRuns.ts"
import { capitalised } from "../../sim/results/sentence.ts"
import { directionOf, inRunsMade } from "./direction.ts"
import { type FigureMaker, type Layers, layersIf } from "./figure.ts"
import { intervalText, runsText } from "./intervalText.ts"
import { legendColumns } from "./rows.ts"
import { colourScale, settingsOf } from "./series.ts"
import { figureConfig, figureWidth } from "./theme.ts"

const price = (value: number): string => formatDecimal(value, 2)

/** What is drawn of a capability, one panel each. */
const panels = [
  { field: "multiplier", title: "Price (multiplier of rewards)", write: price, possible: COUNT_RANGE },
  { field: "share", title: "Share of the work", write: formatPercent, possible: SHARE_RANGE },
  { field: "accuracy", title: "Accuracy", write: formatPercent, possible: SHARE_RANGE },
] as const

interface Change {
  readonly module: string
  readonly first: number
  readonly last: number
  /** Last minus first round with tasks, paired by run. */
  readonly change: MeanOfRuns
}

/** How the price of a capability changes over a run. */
const priceChange = (module: string, rows: readonly CapabilityRow[]): readonly Change[] => {
  const runs = [...groupBy(rows, (row) => String(row.seed)).values()].flatMap((run) => {
    const priced = run.flatMap(({ multiplier }) => (multiplier === null ? [] : [multiplier]))
    const [first] = priced
    const last = priced.at(-1)
    return first === undefined || last === undefined || priced.length === 1 ? [] : [{ first, last }]
  })
  const first = meanOfRuns(runs.map((run) => run.first))
  const last = meanOfRuns(runs.map((run) => run.last))
  const change = meanOfRuns(runs.map((run) => run.last - run.first))
  if (first === null || last === null || change === null) return []
  return [{ module, first: first.mean, last: last.mean, change }]
}

/** The price that moved most, if its interval says that it moved at all. */
const describe = (rows: readonly CapabilityRow[]): string => {
  const changes = [...groupBy(rows, (row) => row.module)].flatMap(([, own]) =>
    priceChange(own[0]?.module ?? "", own),
  )
  const [most] = changes.toSorted((a, b) => Math.abs(b.change.mean) - Math.abs(a.change.mean))
  if (most === undefined) return "Prices of capabilities and what is worked on"
  const { module, first, last, change } = most
  const span = `from ${price(first)} to ${price(last)}`
  const direction = directionOf(change)
  if (direction === "unknown")
    return `${capitalised(inRunsMade(change.runs))}, the price of ${module} goes ${span}`
  if (direction === "above") return `The price of ${module} rises ${span}`
  if (direction === "below") return `The price of ${module} falls ${span}`
  return "No price of a capability shows a clear change"
}

const make: FigureMaker["make"] = (tables) => {
  const [setting] = settingsOf(tables.capabilities.rows)
  const rows = tables.capabilities.rows.filter((row) => row.setting === setting && row.round > 0)
  if (setting === undefined || rows.length === 0) return null
  const modules = [...new Set(rows.map(({ module }) => module))]
  const title = describe(rows)
  const values = panels.flatMap(({ field, title: panel, write, possible }) =>
    [...groupBy(rows, (row) => keyOf(row.module, row.round)).values()].flatMap((group) => {
      const [first] = group
      const estimate = meanOfRuns(
        group.flatMap((row) => row[field] ?? []),
        possible,
      )
      if (first === undefined || estimate === null) return []
      const { module, round } = first
      const label = `${module}, round ${round}: ${write(estimate.mean)} ${intervalText(estimate, write)}, ${formatCount(estimate.runs, "run")}`
      return [{ kind: "mean", panel, module, round, ...estimate, href: settingLink(setting), label }]
    }),
  )
  const runs = panels.flatMap(({ field, title: panel, write }) =>
    rows.flatMap(({ module, round, seed, [field]: mean }) => {
      if (mean === null) return []
      const label = `${module}, seed ${seed}, round ${round}: ${write(mean)}`
      return [{ kind: "run", panel, module, round, seed, mean, href: runLink(setting, seed), label }]
    }),
  )
  const x = {
    field: "round",
    type: "quantitative",
    title: "Training round",
    axis: { tickMinStep: 1, format: "d", grid: false },
    scale: { nice: false, padding: 6 },
  } as const
  const axis = { title: null, axis: { tickCount: 4 } } as const
  const color = {
    field: "module",
    type: "nominal",
    scale: colourScale(modules),
    legend: { title: "Capability", columns: legendColumns(modules, figureWidth) },
  } as const
  const common = { x, color, href: { field: "href" }, description: { field: "label" } } as const
  const y = { field: "mean", type: "quantitative", ...axis } as const
  const isMean = { filter: "datum.kind === 'mean'" } as const
  const layer: Layers = [
    {
      transform: [{ filter: "datum.kind === 'run'" }],
      mark: { type: "line", strokeWidth: 1, opacity: 0.3 },
      encoding: { ...common, y, detail: { field: "seed" } },
    },
    ...layersIf(
      values.some(({ lower }) => lower !== null),
      {
        transform: [isMean, { filter: "datum.lower !== null" }],
        mark: { type: "area", opacity: 0.15 },
        encoding: {
          ...common,
          y: { field: "lower", type: "quantitative", ...axis },
          y2: { field: "upper" },
          description: { field: "module" },
        },
      },
    ),
    {
      transform: [isMean],
      mark: { type: "line", strokeWidth: 2.5 },
      encoding: { ...common, y, description: { field: "module" } },
    },
    {
      transform: [isMean],
      mark: { type: "point", filled: true, size: 30, opacity: 1 },
      encoding: { ...common, y },
    },
  ]
  return {
    name: "capabilityMarket",
    title,
    description: `Line charts of price, share of the work and accuracy of ${formatCount(modules.length, "capability", "capabilities")} by training round, in the setting ${setting}. ${title}.`,
    note: `Setting ${setting}: mean over ${runsText(tables.runs.rows)}, bands are 95 % intervals of the mean (Student's t), thin lines single runs. Share: of all solutions revealed in the round.`,
    tables: ["capabilities"],
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      config: figureConfig,
      data: { values: [...values, ...runs] },
      facet: { field: "panel", type: "nominal", sort: panels.map(({ title }) => title), title: null },
      columns: 1,
      spec: { width: figureWidth, height: 150, layer },
      resolve: { scale: { y: "independent" } },
    },
  }
}

/** What capabilities cost, what is worked on, and how well each is mastered, by round. */
export const capabilityMarketFigure: FigureMaker = { name: "capabilityMarket", make }
