import { formatAtn, formatNumber, formatPercent } from "../../sim/results/format.ts"
import { runLink, settingLink } from "../anchors.ts"
import type { FigureTables } from "../tables/figureTables.ts"
import { groupBy, keyOf } from "../tables/groupBy.ts"
import { type MeanOfRuns, meanOfRuns } from "../tables/meanOfRuns.ts"
import { againstShare, pooledAgainstShare, type StrategyRow } from "../tables/strategies.ts"
import type { StrategyRunRow } from "../tables/strategyRuns.ts"
import { type FigureMaker, type Layers, type Panel, layersIf } from "./figure.ts"
import { intervalText, runsText } from "./intervalText.ts"
import { outcomeTones, seriesTones } from "./palette.ts"
import { labelRoom, rowLabels, rowOrder } from "./rows.ts"
import { figureConfig, figureWidth, numberLabels } from "./theme.ts"

const outcomes = [
  ["votesWithConsensus", "with consensus", seriesTones[0].light],
  ["votesAgainstConsensus", "against consensus", seriesTones[1].light],
  ["votesWithoutConsensus", "no consensus reached", outcomeTones.neutral.light],
] as const satisfies readonly (readonly [keyof StrategyRunRow, string, string])[]

const ROW_HEIGHT = 24
const SPACING = 22

/** The strategy that votes against the consensus most, and the one slashed most, as far as the intervals allow. */
const findings = (strategies: readonly StrategyRow[]): string => {
  const voters = strategies.filter((row) => row.againstShareMean !== null)
  const byShare = voters.toSorted((a, b) => (b.againstShareMean ?? 0) - (a.againstShareMean ?? 0))
  const [most] = byShare
  const others = byShare.filter((row) => row.strategy !== most?.strategy)
  const [second] = others
  const statements: string[] = []
  if (most !== undefined && second !== undefined) {
    const clear = (most.againstShareLower ?? 0) > (second.againstShareUpper ?? 1)
    statements.push(
      clear
        ? `${most.strategy} votes against the consensus in ${formatPercent(most.againstShareMean ?? 0)} of its votes, ${second.strategy} in ${formatPercent(second.againstShareMean ?? 0)}`
        : "no clear difference between strategies in votes against the consensus",
    )
  } else if (most !== undefined) {
    statements.push(
      `${formatPercent(most.againstShareMean ?? 0)} of the votes of ${most.strategy} go against the consensus`,
    )
  }
  const worst = strategies.toSorted((a, b) => b.slashedMean - a.slashedMean)[0]
  if (worst === undefined || worst.slashedMean === 0) statements.push("nobody was slashed")
  else {
    const known = worst.slashedLower !== null && worst.slashedLower > 0
    statements.push(
      `slashes are largest for ${worst.strategy}, mean ${formatAtn(worst.slashedMean)} ATN an agent${known ? "" : ", not clear of zero"}`,
    )
  }
  const title = statements.join("; ")
  return /^(?:no|nobody|slashes) /.test(title) ? title.charAt(0).toUpperCase() + title.slice(1) : title
}

const percent = (share: number): string => formatPercent(share)
const atn = (amount: number): string => `${formatAtn(amount)} ATN`

type Value = (run: StrategyRunRow) => number | null
type Summary = (runs: readonly StrategyRunRow[]) => MeanOfRuns | null

const slashed = (run: StrategyRunRow): number => run.slashedAtn

/** Dots of single runs, the mean's interval, the mean: all in one row a strategy. */
const dotPlot = (
  runs: readonly StrategyRunRow[],
  label: (row: StrategyRunRow) => string,
  value: Value,
  summary: Summary,
  format: (value: number) => string,
) => {
  const dots = runs.flatMap((run) => {
    const at = value(run)
    return at === null
      ? []
      : [
          {
            kind: "run",
            row: label(run),
            value: at,
            href: runLink(run.setting, run.seed),
            label: `${run.strategy}, ${run.setting}, seed ${run.seed}: ${format(at)}`,
          },
        ]
  })
  const means = [...groupBy(runs, (run) => keyOf(run.setting, run.strategy)).values()].flatMap((group) => {
    const [first] = group
    const mean = summary(group)
    return first === undefined || mean === null
      ? []
      : [
          {
            kind: "mean",
            row: label(first),
            value: mean.mean,
            lower: mean.lower,
            upper: mean.upper,
            href: settingLink(first.setting),
            label: `${first.strategy}, ${first.setting}: mean ${format(mean.mean)} ${intervalText(mean, format)}`,
          },
        ]
  })
  return [...dots, ...means]
}

const make: FigureMaker["make"] = (tables: FigureTables) => {
  const shown = new Set(
    tables.strategies.rows
      .filter((row) => row.votes > 0 || row.slashedMean > 0)
      .map((row) => keyOf(row.setting, row.strategy)),
  )
  const runs = tables.strategyRuns.rows.filter((run) => shown.has(keyOf(run.setting, run.strategy)))
  if (runs.length === 0) return null
  const label = rowLabels(runs)
  const order = rowOrder(runs)
  const height = order.length * ROW_HEIGHT
  const panelWidth = Math.floor((figureWidth + 60 - labelRoom(order) - 2 * SPACING) / 3)
  const title = findings(tables.strategies.rows)

  const stacks = [...groupBy(runs, (run) => keyOf(run.setting, run.strategy)).values()].flatMap((group) =>
    outcomes.flatMap(([column, outcome], index) => {
      const [first] = group
      const mean = meanOfRuns(group.map((run) => run[column] / run.agents))
      return first === undefined || mean === null || mean.mean === 0
        ? []
        : [
            {
              row: label(first),
              outcome,
              index,
              votes: mean.mean,
              href: settingLink(first.setting),
              label: `${first.strategy}, ${first.setting}, ${outcome}: ${formatNumber(mean.mean)} votes an agent and run ${intervalText(mean, formatNumber)}`,
            },
          ]
    }),
  )

  const y = (labels: boolean) =>
    ({
      field: "row",
      type: "nominal",
      sort: order,
      scale: { domain: order },
      title: null,
      axis: labels
        ? { labelLimit: 260, ticks: false, domain: false, labelPadding: 8 }
        : { labels: false, ticks: false, domain: true },
    }) as const
  const dotPanel = (
    values: ReturnType<typeof dotPlot>,
    axisTitle: string,
    labelExpr: string,
    labels: boolean,
  ): Panel => {
    const x = {
      field: "value",
      type: "quantitative",
      title: axisTitle,
      axis: { tickCount: 4, labelExpr },
      scale: { zero: true },
    } as const
    const layer: Layers = [
      {
        transform: [{ filter: "datum.kind === 'run'" }],
        mark: { type: "point", filled: true, size: 22, opacity: 0.4, color: outcomeTones.neutral.light },
        encoding: { x, y: y(labels), href: { field: "href" }, description: { field: "label" } },
      },
      ...layersIf(
        values.some((value) => "lower" in value && value.lower !== null),
        {
          transform: [{ filter: "datum.kind === 'mean' && datum.lower !== null" }],
          mark: { type: "rule", strokeWidth: 2, color: seriesTones[0].light },
          encoding: {
            x: { ...x, field: "lower" },
            x2: { field: "upper" },
            y: y(labels),
            href: { field: "href" },
            description: { field: "label" },
          },
        },
      ),
      {
        transform: [{ filter: "datum.kind === 'mean'" }],
        mark: { type: "point", filled: true, size: 55, opacity: 1, color: seriesTones[0].light },
        encoding: { x, y: y(labels), href: { field: "href" }, description: { field: "label" } },
      },
    ]
    return { data: { values }, width: panelWidth, height, layer }
  }
  const votesPanel: Panel = {
    data: { values: stacks },
    width: panelWidth,
    height,
    mark: { type: "bar", height: { band: 0.62 } },
    encoding: {
      x: {
        field: "votes",
        type: "quantitative",
        title: "Votes an agent and run",
        axis: { tickCount: 4, labelExpr: numberLabels },
      },
      y: y(true),
      color: {
        field: "outcome",
        type: "nominal",
        scale: { domain: outcomes.map(([, name]) => name), range: outcomes.map(([, , tone]) => tone) },
        legend: { title: null, symbolType: "square" },
      },
      order: { field: "index" },
      href: { field: "href" },
      description: { field: "label" },
    },
  }
  return {
    name: "votesAndSlashes",
    title,
    description: `Panels with a row for each strategy that voted or was slashed: votes per agent and run by their relation to the consensus, share of votes against the consensus, and slashed ATN per agent. ${title}.`,
    note: `Bars: mean over ${runsText(tables.runs.rows)}. Large dots and lines: mean and its 95 % interval (Student's t; for shares the wider of that and Clopper–Pearson on all votes). Small dots: single runs.`,
    tables: ["strategies", "strategyRuns", "votes"],
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      config: figureConfig,
      spacing: SPACING,
      hconcat: [
        ...(stacks.length > 0
          ? [
              votesPanel,
              dotPanel(
                dotPlot(runs, label, againstShare, pooledAgainstShare, percent),
                "Against consensus, % of votes",
                "format(datum.value * 100, '~g')",
                false,
              ),
            ]
          : []),
        dotPanel(
          dotPlot(runs, label, slashed, (group) => meanOfRuns(group.map(slashed)), atn),
          "Slashed, ATN an agent",
          numberLabels,
          stacks.length === 0,
        ),
      ],
    },
  }
}

/** How each strategy voted relative to the consensus, and what was slashed from it. */
export const votesAndSlashesFigure: FigureMaker = { name: "votesAndSlashes", make }
