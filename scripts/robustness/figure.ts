/** Accuracy by round, one panel for each attack and partition. */
import type { Figure } from "../../reports/figures/figure.ts"
import { intervalText } from "../../reports/figures/intervalText.ts"
import { colourScale } from "../../reports/figures/series.ts"
import { figureConfig, figureWidth } from "../../reports/figures/theme.ts"
import { formatInteger, formatPercent } from "../../sim/results/format.ts"
import type { Evidence } from "./experiment.ts"
import { accuracyByRound, namesOf } from "./summary.ts"

const PANEL_HEIGHT = 170
const TICKS = [0, 5, 10, 15]
const SHARES = [0, 1]
/** Left to the axis and the gaps between panels. */
const GAPS = 120

export const robustnessFigure = (evidence: Evidence): Figure => {
  const { settings, runs } = evidence
  const attacks = namesOf(runs, "attack")
  const partitions = namesOf(runs, "partition")
  const rules = namesOf(runs, "rule")
  const values = accuracyByRound(evidence).map((row) => ({
    ...row,
    label: `${row.rule}, ${row.attack}, ${row.partition}, round ${row.round}: ${formatPercent(row.mean)} ${intervalText(row, formatPercent)}`,
  }))
  const x = {
    field: "round",
    type: "quantitative",
    title: "Round",
    axis: { values: TICKS, format: "d", grid: false },
    scale: { nice: false },
  } as const
  const y = {
    type: "quantitative",
    title: "Accuracy, %",
    scale: { domain: SHARES },
    axis: { labelExpr: "format(datum.value * 100, 'd')", tickCount: 5 },
  } as const
  const color = {
    field: "rule",
    type: "nominal",
    scale: colourScale(rules),
    legend: { title: "Rule" },
  } as const
  const who = `${settings.clients} clients, ${settings.attackers} of them attackers`
  return {
    name: "accuracyByRound",
    title: "Accuracy by round under each rule and attack, on equal and on very unequal shards",
    description: `Line charts of accuracy by round for ${rules.join(", ")}, one panel for each of ${attacks.join(", ")} and each of ${partitions.join(", ")}.`,
    note: `MNIST, ${who}, ${settings.samplesPerClient} images each; accuracy on ${formatInteger(evidence.heldOutExamples)} test images. Lines: mean over ${settings.seeds.length} seeds, the same for every rule and attack. Bands: 95 % interval of the mean (Student's t).`,
    tables: [],
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      config: { ...figureConfig, facet: { spacing: 18 } },
      data: { values },
      facet: {
        row: { field: "partition", type: "nominal", sort: [...partitions], title: null },
        column: { field: "attack", type: "nominal", sort: [...attacks], title: null },
      },
      spec: {
        width: Math.floor((figureWidth + 60 - GAPS) / attacks.length),
        height: PANEL_HEIGHT,
        layer: [
          {
            mark: { type: "area", opacity: 0.13, clip: true },
            encoding: { x, y: { ...y, field: "lower" }, y2: { field: "upper" }, color },
          },
          {
            mark: { type: "line", strokeWidth: 2 },
            encoding: { x, y: { ...y, field: "mean" }, color, description: { field: "label" } },
          },
        ],
      },
    },
  }
}
