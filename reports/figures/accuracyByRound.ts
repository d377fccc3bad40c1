import { formatCount, formatDecimal, formatPercent } from "../../sim/results/format.ts"
import { runLink, settingLink } from "../anchors.ts"
import { type MeanOfRuns, meanOfRuns } from "../tables/meanOfRuns.ts"
import { groupBy, keyOf } from "../tables/groupBy.ts"
import type { RoundRow } from "../tables/rounds.ts"
import { capitalised } from "../../sim/results/sentence.ts"
import { directionOf, inRunsMade } from "./direction.ts"
import { type FigureMaker, type Layers, layersIf } from "./figure.ts"
import { intervalText, runsText } from "./intervalText.ts"
import { legendColumns } from "./rows.ts"
import { BASE, colourScale, settingsOf } from "./series.ts"
import { figureConfig, figureWidth } from "./theme.ts"

const points = (share: number): string => formatDecimal(Math.abs(share) * 100, 1)

interface FinalRounds {
  readonly first: MeanOfRuns
  readonly last: MeanOfRuns
  /** Last minus first, paired by run. */
  readonly gain: MeanOfRuns
  readonly lastRound: number
}

/** First and last published accuracy of each run of one setting and module. */
const finalRounds = (rows: readonly RoundRow[]): FinalRounds | null => {
  const bySeed = new Map<number, RoundRow[]>()
  for (const row of rows) bySeed.set(row.seed, [...(bySeed.get(row.seed) ?? []), row])
  const pairs = [...bySeed.values()].flatMap((run) => {
    const ordered = run.toSorted((a, b) => a.round - b.round)
    const [first] = ordered
    const last = ordered.at(-1)
    return first === undefined || last === undefined || first === last ? [] : [{ first, last }]
  })
  const first = meanOfRuns(pairs.map((pair) => pair.first.accuracy))
  const last = meanOfRuns(pairs.map((pair) => pair.last.accuracy))
  const gain = meanOfRuns(pairs.map((pair) => pair.last.accuracy - pair.first.accuracy))
  if (first === null || last === null || gain === null) return null
  return { first, last, gain, lastRound: Math.max(...pairs.map((pair) => pair.last.round)) }
}

const describe = ({ first, last, gain, lastRound }: FinalRounds): string => {
  const over = `over ${formatCount(lastRound, "round")}`
  const span = `from ${formatPercent(first.mean)} to ${formatPercent(last.mean)} ${over}`
  const direction = directionOf(gain)
  if (direction === "unknown")
    return `${capitalised(inRunsMade(gain.runs))}, the model's accuracy goes ${span}`
  if (direction === "above") return `The model's accuracy rises ${span}`
  if (direction === "below") return `The model's accuracy falls ${span}`
  return `The model's accuracy shows no clear change ${over} (${formatPercent(first.mean)}, then ${formatPercent(last.mean)})`
}

/** How the other settings end, on the seeds that they share with the base. */
const describeSettings = (rows: readonly RoundRow[], settings: readonly string[]): string[] => {
  const lastOf = (setting: string) => {
    const last = new Map<number, RoundRow>()
    for (const row of rows) {
      if (row.setting !== setting) continue
      const known = last.get(row.seed)
      if (known === undefined || known.round < row.round) last.set(row.seed, row)
    }
    return last
  }
  const base = lastOf(BASE)
  return settings.flatMap((setting) => {
    if (setting === BASE) return []
    const differences = [...lastOf(setting)].flatMap(([seed, row]) => {
      const reference = base.get(seed)
      return reference === undefined ? [] : [row.accuracy - reference.accuracy]
    })
    const difference = meanOfRuns(differences)
    const direction = difference === null ? "unknown" : directionOf(difference)
    if (difference === null || direction === "unknown") return []
    if (direction === "unclear") return [`with ${setting}, no clear difference at the end`]
    const compared = direction === "below" ? "lower" : "higher"
    return [`with ${setting} it ends ${points(difference.mean)} points ${compared}`]
  })
}

const make: FigureMaker["make"] = (tables) => {
  const { rows } = tables.accuracyByRound
  if (rows.length === 0) return null
  const settings = settingsOf(rows)
  const modules = [...new Set(rows.map((row) => row.module))]
  const [onlyModule] = modules
  const inBase = tables.rounds.rows.filter((row) => row.setting === (settings[0] ?? BASE))
  const summary = modules.length === 1 ? finalRounds(inBase) : null
  const title = [
    summary === null
      ? `Accuracy of the global model by round, ${formatCount(modules.length, "module")}`
      : describe(summary),
    ...(modules.length === 1 ? describeSettings(tables.rounds.rows, settings) : []),
  ].join("; ")

  const means = rows.map((row) => ({
    kind: "mean",
    ...row,
    href: settingLink(row.setting),
    series: `${row.setting}: mean of ${formatCount(row.runs, "run")} with 95 % interval`,
    label: `${row.setting}, round ${row.round}: ${formatPercent(row.mean)} ${intervalText(row, formatPercent)}, ${formatCount(row.runs, "run")}`,
  }))
  const lines = [
    ...groupBy(tables.rounds.rows, (row) => keyOf(row.setting, row.seed, row.module)).values(),
  ].flatMap((run) => {
    const last = run.at(-1)
    const label =
      last === undefined
        ? ""
        : `${last.setting}, seed ${last.seed}: ${formatPercent(last.accuracy)} after round ${last.round}`
    return run.map((row) => ({
      kind: "run",
      setting: row.setting,
      seed: row.seed,
      module: row.module,
      round: row.round,
      accuracy: row.accuracy,
      href: runLink(row.setting, row.seed),
      label,
    }))
  })

  const x = {
    field: "round",
    type: "quantitative",
    title: "Training round (0 = initial model)",
    axis: { tickMinStep: 1, format: "d", grid: false },
    scale: { nice: false, padding: 6 },
  } as const
  const accuracyAxis = {
    title: "Accuracy on the whole held-out set, %",
    axis: { labelExpr: "format(datum.value * 100, 'd')", tickCount: 6 },
  } as const
  const colour = {
    field: "setting",
    type: "nominal",
    scale: colourScale(settings),
    legend: settings.length > 1 ? { title: "Setting", columns: legendColumns(settings, figureWidth) } : null,
  } as const
  const layer: Layers = [
    {
      transform: [{ filter: "datum.kind === 'run'" }],
      mark: { type: "line", strokeWidth: 1, opacity: 0.35 },
      encoding: {
        x,
        y: { field: "accuracy", type: "quantitative", ...accuracyAxis },
        color: colour,
        detail: { field: "seed" },
        description: { field: "label" },
        href: { field: "href" },
      },
    },
    ...layersIf(
      rows.some((row) => row.lower !== null),
      {
        transform: [{ filter: "datum.kind === 'mean' && datum.lower !== null" }],
        mark: { type: "area", opacity: 0.18 },
        encoding: {
          x,
          y: { field: "lower", type: "quantitative", ...accuracyAxis },
          y2: { field: "upper" },
          color: colour,
          href: { field: "href" },
          description: { field: "series" },
        },
      },
    ),
    {
      transform: [{ filter: "datum.kind === 'mean'" }],
      mark: { type: "line", strokeWidth: 2.5 },
      encoding: {
        x,
        y: { field: "mean", type: "quantitative", ...accuracyAxis },
        color: colour,
        href: { field: "href" },
        description: { field: "series" },
      },
    },
    {
      transform: [{ filter: "datum.kind === 'mean'" }],
      mark: { type: "point", filled: true, size: 36, opacity: 1 },
      encoding: {
        x,
        y: { field: "mean", type: "quantitative", ...accuracyAxis },
        color: colour,
        href: { field: "href" },
        description: { field: "label" },
      },
    },
  ]
  return {
    name: "accuracyByRound",
    title,
    description: `Line chart of the global model's accuracy${modules.length === 1 ? ` (${onlyModule})` : ""} by training round. ${title}.`,
    note: `Thick lines: mean over ${runsText(tables.runs.rows)}. Bands: 95 % interval of the mean (Student's t). Thin lines: single runs.`,
    tables: ["accuracyByRound", "rounds"],
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      config: figureConfig,
      data: { values: [...means, ...lines] },
      ...(modules.length === 1
        ? { width: figureWidth, height: 300, layer }
        : {
            facet: { field: "module", type: "nominal", sort: modules, title: null },
            columns: 1,
            spec: { width: figureWidth, height: 200, layer },
          }),
    },
  }
}

/** Accuracy of the published global model by round: every run, the mean, and its interval. */
export const accuracyByRoundFigure: FigureMaker = {
  name: "accuracyByRound",
  make,
}
