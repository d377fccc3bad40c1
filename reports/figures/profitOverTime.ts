import { formatAtn, formatCount, formatDuration } from "../../sim/results/format.ts"
import { runLink, settingLink } from "../anchors.ts"
import type { FigureTables } from "../tables/figureTables.ts"
import { groupBy, keyOf } from "../tables/groupBy.ts"
import type { ProfitByStrategyOverTimeRow } from "../tables/profitByStrategyOverTime.ts"
import { type FigureMaker, layersIf } from "./figure.ts"
import { profitFindings } from "./profitFindings.ts"
import { intervalText, runsText } from "./intervalText.ts"
import { legendColumns, legendWidth } from "./rows.ts"
import { colourScale, dashScale, roleOf, settingsOf, strategiesOf, variantOf, variantsOf } from "./series.ts"
import { figureConfig, figureWidth, numberLabels } from "./theme.ts"

interface TimeUnit {
  readonly name: string
  readonly seconds: number
}

const timeUnit = (longestSeconds: number): TimeUnit => {
  if (longestSeconds >= 4 * 86_400) return { name: "days", seconds: 86_400 }
  if (longestSeconds >= 2 * 3600) return { name: "hours", seconds: 3600 }
  return { name: "minutes", seconds: 60 }
}

/** Profit is counted from the start, so that every series begins at nothing. */
const withStart = (row: ProfitByStrategyOverTimeRow): ProfitByStrategyOverTimeRow[] =>
  row.step === 0 && row.timeSeconds > 0
    ? [
        {
          ...row,
          step: -1,
          timeSeconds: 0,
          mean: 0,
          lower: row.lower === null ? null : 0,
          upper: row.upper === null ? null : 0,
        },
        row,
      ]
    : [row]

/** The rows of one kind, and of those the ones that also meet a condition. */
const only = (kind: string, more = "") => [{ filter: `datum.kind === '${kind}'${more}` }]

const make: FigureMaker["make"] = (tables: FigureTables) => {
  const { rows } = tables.profitByStrategyOverTime
  if (rows.length === 0) return null
  const settings = settingsOf(rows)
  const variants = variantsOf(rows)
  const roles = [...new Set(strategiesOf(rows).map(roleOf))]
  const unit = timeUnit(Math.max(...rows.map((row) => row.timeSeconds)))
  const title = profitFindings(tables)

  const means = rows.flatMap(withStart).map((row) => ({
    kind: "mean",
    setting: row.setting,
    role: roleOf(row.strategy),
    variant: variantOf(row.strategy),
    time: row.timeSeconds / unit.seconds,
    mean: row.mean,
    lower: row.lower,
    upper: row.upper,
    start: row.step < 0,
    series: `${row.strategy}, ${row.setting}: mean of ${formatCount(row.runs, "run")} with 95 % interval`,
    href: settingLink(row.setting),
    label: `${row.strategy}, ${row.setting}, after ${formatDuration(row.timeSeconds)}: ${formatAtn(row.mean)} ATN ${intervalText(row, formatAtn)}, ${formatCount(row.runs, "run")}`,
  }))
  const samples = [
    ...groupBy(tables.profitOverTime.rows, (row) => keyOf(row.setting, row.seed, row.strategy)).values(),
  ].flatMap((run) => {
    const last = run.at(-1)
    const label =
      last === undefined
        ? ""
        : `${last.strategy}, ${last.setting}, seed ${last.seed}: ends at ${formatAtn(last.meanProfitAtn)} ATN`
    return run.map((row) => ({
      kind: "run",
      setting: row.setting,
      seed: row.seed,
      role: roleOf(row.strategy),
      variant: variantOf(row.strategy),
      time: row.timeSeconds / unit.seconds,
      mean: row.meanProfitAtn,
      href: runLink(row.setting, row.seed),
      label,
    }))
  })

  const columns = Math.min(2, roles.length)
  const x = {
    field: "time",
    type: "quantitative",
    title: `Virtual time, ${unit.name}`,
    axis: { grid: false, tickCount: 6 },
    scale: { nice: false },
  } as const
  const profit = {
    type: "quantitative",
    title: "Profit, ATN an agent",
    axis: { grid: true, tickCount: 5, labelExpr: numberLabels },
  } as const
  const color = {
    field: "variant",
    type: "nominal",
    scale: colourScale(variants),
    legend:
      variants.length > 1 ? { title: "Strategy", columns: legendColumns(variants, figureWidth / 2) } : null,
  } as const
  const strokeDash = {
    field: "setting",
    type: "nominal",
    scale: dashScale(settings),
    legend:
      settings.length > 1
        ? {
            title: "Setting",
            columns: legendColumns(
              settings,
              figureWidth + 60 - Math.min(figureWidth / 2, legendWidth(variants)),
            ),
            symbolType: "stroke",
            symbolSize: 500,
          }
        : null,
  } as const
  return {
    name: "profitOverTime",
    title,
    description: `Line charts of mean profit per agent over virtual time, one panel for each of the roles ${roles.join(", ")}. ${title}.`,
    note: `Lines: mean over ${runsText(tables.runs.rows)}, one point a closed round. Bands: 95 % interval of the mean (Student's t). Thin lines: single runs.`,
    tables: ["profitByStrategyOverTime", "profitOverTime"],
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      config: figureConfig,
      data: { values: [...means, ...samples] },
      facet: { field: "role", type: "nominal", title: null, sort: roles },
      columns,
      spacing: { row: 26, column: 30 },
      resolve: { scale: { y: "independent" }, axis: { x: "independent" } },
      spec: {
        width: columns === 1 ? figureWidth : Math.floor((figureWidth - 90) / 2),
        height: 190,
        layer: [
          {
            data: { values: [{}] },
            mark: { type: "rule", color: "#8c959f" },
            encoding: { y: { datum: 0 } },
          },
          ...layersIf(
            rows.some((row) => row.lower !== null),
            {
              transform: only("mean", " && datum.lower !== null"),
              mark: { type: "area", opacity: 0.16 },
              encoding: {
                x,
                y: { field: "lower", ...profit },
                y2: { field: "upper" },
                color,
                detail: { field: "setting" },
                href: { field: "href" },
                description: { field: "series" },
              },
            },
          ),
          {
            transform: only("run"),
            mark: { type: "line", strokeWidth: 0.8, opacity: 0.35 },
            encoding: {
              x,
              y: { field: "mean", ...profit },
              color,
              detail: [{ field: "setting" }, { field: "seed" }],
              href: { field: "href" },
              description: { field: "label" },
            },
          },
          {
            transform: only("mean"),
            mark: { type: "line", strokeWidth: 2.2 },
            encoding: {
              x,
              y: { field: "mean", ...profit },
              color,
              strokeDash,
              href: { field: "href" },
              description: { field: "series" },
            },
          },
          {
            transform: only("mean", " && !datum.start"),
            mark: { type: "point", filled: true, size: 22, opacity: 1 },
            encoding: {
              x,
              y: { field: "mean", ...profit },
              color,
              href: { field: "href" },
              description: { field: "label" },
            },
          },
        ],
      },
    },
  }
}

/** Mean profit an agent over virtual time, a panel a role, with intervals. */
export const profitOverTimeFigure: FigureMaker = { name: "profitOverTime", make }
