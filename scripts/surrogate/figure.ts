/** The fit in one picture: real and predicted accuracy by round, for what was fitted and for what was left out. */
import { mkdirSync, writeFileSync } from "node:fs"
import type { Figure } from "../../reports/figures/figure.ts"
import { seriesColour } from "../../reports/figures/palette.ts"
import { figureConfig } from "../../reports/figures/theme.ts"
import { compileFigure } from "../../reports/render/compileFigure.ts"
import type { Compared } from "./errors.ts"
import { errorsByPart } from "./errors.ts"
import type { Federation } from "./federation.ts"
import { attackName, partitionName, points, ruleName } from "./naming.ts"

export type ComparedFederation = Compared & { readonly federation: Federation }

const DIRECTORY = new URL("../../docs/surrogate/", import.meta.url)
const COLUMNS = 4
const PANEL = { width: 150, height: 110 }

/** One panel: federations that differ in their seeds only. */
interface Panel {
  readonly title: string
  readonly part: Compared["part"]
  readonly has: (federation: Federation) => boolean
}

const panel =
  (part: Compared["part"], has: Panel["has"]) =>
  (compared: readonly ComparedFederation[]): Panel => {
    const found = compared.find((each) => each.part === part && has(each.federation))
    if (found === undefined) throw new Error(`the figure has nothing to show of ${part}`)
    const { federation } = found
    const lines = [`${federation.hidden[0]} wide, ${partitionName(federation)}`]
    lines.push(
      `${ruleName(federation)}, ${federation.attackers === 0 ? "no attack" : attackName(federation)}`,
    )
    return { title: `${part === "fit" ? "fitted" : "left out"}: ${lines.join("; ")}`, part, has }
  }

const is =
  (wanted: { partition: string; rule: string; attack: string; hidden?: number }) =>
  (federation: Federation) =>
    partitionName(federation) === wanted.partition &&
    federation.rule.kind === wanted.rule &&
    federation.attack.kind === wanted.attack &&
    federation.samples === 300 &&
    federation.clients === 10 &&
    (federation.attack.kind !== "signFlip" || federation.attack.strength === 4) &&
    federation.rounds === 10 &&
    federation.hyper.learningRate === 0.05 &&
    federation.hyper.epochs === 1 &&
    federation.hyper.batchSize === 32 &&
    federation.hyper.momentum === 0 &&
    (federation.attackers === 0 || federation.attackers === 2) &&
    (wanted.hidden ?? federation.hidden[0]) === federation.hidden[0]

const panels = [
  panel("fit", is({ partition: "iid", rule: "fedAvg", attack: "none", hidden: 32 })),
  panel("fit", is({ partition: "Dirichlet 0.1", rule: "fedAvg", attack: "none", hidden: 32 })),
  panel("fit", is({ partition: "iid", rule: "fedAvg", attack: "signFlip" })),
  panel("fit", is({ partition: "Dirichlet 0.1", rule: "krum", attack: "none" })),
  panel("model", is({ partition: "iid", rule: "fedAvg", attack: "none" })),
  panel("model", is({ partition: "Dirichlet 0.1", rule: "fedAvg", attack: "none" })),
  panel("model", is({ partition: "iid", rule: "fedAvg", attack: "signFlip" })),
  panel("model", is({ partition: "iid", rule: "median", attack: "labelFlip" })),
  panel("partition", is({ partition: "Dirichlet 0.3", rule: "fedAvg", attack: "none" })),
  panel("partition", is({ partition: "Dirichlet 0.3", rule: "median", attack: "none" })),
  panel("partition", is({ partition: "Dirichlet 0.3", rule: "fedAvg", attack: "signFlip" })),
  panel("partition", is({ partition: "Dirichlet 0.3", rule: "fedAvg", attack: "labelFlip" })),
  panel("attack", is({ partition: "iid", rule: "fedAvg", attack: "alie" })),
  panel("attack", is({ partition: "Dirichlet 0.1", rule: "fedAvg", attack: "alie" })),
  panel("attack", is({ partition: "iid", rule: "trimmedMean", attack: "alie" })),
  panel("all", is({ partition: "Dirichlet 0.3", rule: "median", attack: "alie" })),
]

const rowsOf = (compared: readonly ComparedFederation[]) =>
  panels.flatMap((make) => {
    const { title, part, has } = make(compared)
    return compared
      .filter((each) => each.part === part && has(each.federation))
      .flatMap(({ federation, real, predicted }) =>
        real.accuracy.flatMap((accuracy, round) =>
          (
            [
              ["real", accuracy],
              ["surrogate", predicted.accuracy[round]!],
            ] as const
          ).map(([kind, value]) => ({
            panel: title,
            run: `${kind} ${federation.seed}`,
            kind,
            round,
            accuracy: value,
          })),
        ),
      )
  })

const figureOf = (compared: readonly ComparedFederation[]): Figure => {
  const errors = errorsByPart(compared)
  const of = (part: string): string => points(errors.find((each) => each.part === part)?.byRound ?? NaN)
  const rows = rowsOf(compared)
  const titles = [...new Set(rows.map((row) => row.panel))]
  const federations = (fitted: boolean): number =>
    compared.filter(({ part }) => (part === "fit") === fitted).length
  return {
    name: "mnist-fit",
    title: `The surrogate's accuracy is off by ${of("fit")} points where it was fitted, by ${of("model")} for a new model, ${of("partition")} for a new partition, ${of("attack")} for a new attack`,
    description: `Sixteen panels of accuracy by round: real training and the surrogate's prediction, four of settings that were fitted and twelve of settings that were left out.`,
    note: `Accuracy on 10,000 test images of MNIST by round; a line a seed. Fitted to ${federations(true)} real federations; ${federations(false)} were left out. Mean absolute errors over rounds and federations.`,
    tables: [],
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      config: {
        ...figureConfig,
        header: { ...figureConfig.header, labelFontSize: 10, labelFontWeight: "normal", labelLimit: 400 },
      },
      data: { values: rows.map((row) => ({ ...row, panel: row.panel.split("; ") })) },
      facet: { field: "panel", type: "nominal", sort: titles.map((title) => title.split("; ")), title: null },
      columns: COLUMNS,
      spec: {
        ...PANEL,
        mark: { type: "line", strokeWidth: 1.5 },
        encoding: {
          x: { field: "round", type: "quantitative", title: "round", axis: { tickCount: 5 } },
          y: {
            field: "accuracy",
            type: "quantitative",
            title: "accuracy",
            axis: { format: "%", tickCount: 4 },
            scale: { domain: [0, 1] },
          },
          detail: { field: "run", type: "nominal" },
          color: {
            field: "kind",
            type: "nominal",
            title: null,
            scale: { domain: ["real", "surrogate"], range: [seriesColour(0), seriesColour(1)] },
          },
          strokeDash: {
            field: "kind",
            type: "nominal",
            title: null,
            scale: {
              domain: ["real", "surrogate"],
              range: [
                [1, 0],
                [5, 3],
              ],
            },
          },
        },
      },
    } as Figure["spec"],
  }
}

/** Writes `docs/surrogate/mnist-fit.svg`; throws where Vega finds something odd. */
export const writeFigure = async (compared: readonly ComparedFederation[]): Promise<void> => {
  const { figure, svgFile, warnings } = await compileFigure(figureOf(compared))
  if (warnings.length > 0) throw new Error(`the figure is unsound: ${warnings.join("; ")}`)
  mkdirSync(DIRECTORY, { recursive: true })
  writeFileSync(new URL(`${figure.name}.svg`, DIRECTORY), svgFile)
}
