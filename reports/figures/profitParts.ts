import { formatAtn, formatCount } from "../../sim/results/format.ts"
import { runLink, settingLink } from "../anchors.ts"
import type { FigureTables } from "../tables/figureTables.ts"
import { type ProfitPartRow, profitParts } from "../tables/profitParts.ts"
import { type FigureMaker, layersIf } from "./figure.ts"
import { intervalText, runsText } from "./intervalText.ts"
import { background, ink } from "./palette.ts"
import { labelRoom, legendColumns, rowLabels, rowOrder } from "./rows.ts"
import { colourScale } from "./series.ts"
import { figureConfig, figureWidth, numberLabels } from "./theme.ts"

const PROFIT = "profit"
const ROW_HEIGHT = 26

const costs: ReadonlySet<string> = new Set(["training cost", "verification cost", "storage cost", "gas"])

/** The largest cost of all, and what it is in relation to the income of who bears it. */
const findings = (rows: readonly ProfitPartRow[]): string => {
  const largest = rows.filter((row) => costs.has(row.part)).toSorted((a, b) => a.mean - b.mean)[0]
  if (largest === undefined || largest.mean >= 0) return "No strategy bears a cost of real work"
  const income = rows
    .filter((row) => row.setting === largest.setting && row.strategy === largest.strategy)
    .filter((row) => row.part !== PROFIT && !costs.has(row.part))
    .reduce((sum, row) => sum + row.mean, 0)
  const cost = formatAtn(-largest.mean)
  const against =
    income > 0
      ? ` against ${formatAtn(income)} ATN of income`
      : `, and ${formatAtn(Math.abs(income))} ATN of losses beside it`
  return `The largest cost is the ${largest.part} of ${largest.strategy}: ${cost} ATN an agent${against}`
}

const amount = (row: ProfitPartRow) =>
  `${formatAtn(row.mean)} ATN ${intervalText(row, formatAtn)}, ${formatCount(row.runs, "run")}`

const make: FigureMaker["make"] = (tables: FigureTables) => {
  const { rows } = tables.profitParts
  if (rows.length === 0) return null
  const label = rowLabels(rows)
  const order = rowOrder(rows)
  const nonZero = new Set(rows.filter((row) => row.mean !== 0).map((row) => row.part))
  const parts = profitParts.map(([part]) => part).filter((part) => part !== PROFIT && nonZero.has(part))
  const title = findings(rows)
  const values = rows
    .filter((row) => row.part === PROFIT || row.mean !== 0)
    .map((row) => ({
      row: label(row),
      kind: row.part === PROFIT ? "profit" : "part",
      part: row.part,
      index: parts.indexOf(row.part),
      mean: row.mean,
      lower: row.lower,
      upper: row.upper,
      href: settingLink(row.setting),
      label: `${row.strategy}, ${row.setting}, ${row.part}: ${amount(row)}`,
    }))
  const dots = tables.strategyRuns.rows.map((run) => ({
    row: label(run),
    kind: "run",
    mean: run.profitAtn,
    href: runLink(run.setting, run.seed),
    label: `${run.strategy}, ${run.setting}, seed ${run.seed}: profit ${formatAtn(run.profitAtn)} ATN`,
  }))
  const x = {
    type: "quantitative",
    title: "ATN an agent and run",
    axis: { tickCount: 8, labelExpr: numberLabels },
  } as const
  const y = {
    field: "row",
    type: "nominal",
    sort: order,
    title: null,
    axis: { labelLimit: 260, ticks: false, domain: false, labelPadding: 8 },
  } as const
  const links = { href: { field: "href" }, description: { field: "label" } } as const
  return {
    name: "profitParts",
    title,
    description: `Stacked bars, a row for each strategy: the parts of its mean profit per agent (${parts.join(", ")}), with the profit and its interval on top. ${title}.`,
    note: `Bars: mean parts over ${runsText(tables.runs.rows)}; ATN gained counts balance, stake and claims; costs lie left of zero. Diamond and line: profit, the sum, with its 95 % interval (Student's t). Small dots: profit in single runs.`,
    tables: ["profitParts", "strategyRuns"],
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      config: figureConfig,
      data: { values: [...values, ...dots] },
      width: figureWidth + 60 - labelRoom(order),
      height: order.length * ROW_HEIGHT,
      layer: [
        {
          transform: [{ filter: "datum.kind === 'part'" }],
          mark: { type: "bar", height: { band: 0.6 } },
          encoding: {
            x: { field: "mean", stack: "zero", ...x },
            y,
            color: {
              field: "part",
              type: "nominal",
              scale: colourScale(parts),
              legend: { title: null, symbolType: "square", columns: legendColumns(parts, figureWidth) },
            },
            order: { field: "index" },
            ...links,
          },
        },
        {
          transform: [{ filter: "datum.kind === 'run'" }],
          mark: { type: "point", filled: true, size: 16, opacity: 0.55, color: ink.light },
          encoding: { x: { field: "mean", ...x }, y, ...links },
        },
        ...layersIf(
          rows.some((row) => row.lower !== null),
          {
            transform: [{ filter: "datum.kind === 'profit' && datum.lower !== null" }],
            mark: { type: "rule", strokeWidth: 2, color: ink.light },
            encoding: { x: { field: "lower", ...x }, x2: { field: "upper" }, y, ...links },
          },
        ),
        {
          transform: [{ filter: "datum.kind === 'profit'" }],
          mark: {
            type: "point",
            shape: "diamond",
            filled: true,
            size: 90,
            opacity: 1,
            color: ink.light,
            stroke: background.light,
            strokeWidth: 1,
          },
          encoding: { x: { field: "mean", ...x }, y, ...links },
        },
      ],
    },
  }
}

/** Where the money of each strategy came from and where it went. */
export const profitPartsFigure: FigureMaker = { name: "profitParts", make }
