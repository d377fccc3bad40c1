/**
 * `npm run figure:mnist`: draws `docs/validation/mnist-fedavg.svg`, the curves of V13 beside the published point, and
 * keeps their numbers in `docs/validation/mnist-fedavg.json`. Takes some minutes; `--kept` draws from the kept numbers.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { parseArgs } from "node:util"
import { initialiseBackend } from "../ml/backend.ts"
import type { Figure } from "../reports/figures/figure.ts"
import { mutedInk, seriesColour } from "../reports/figures/palette.ts"
import { figureConfig, figureWidth } from "../reports/figures/theme.ts"
import { compileFigure } from "../reports/render/compileFigure.ts"
import {
  curveOf,
  LEARNING_RATES,
  PUBLISHED_ROUNDS,
  roundsToTarget,
  TARGET_ACCURACY,
} from "../test/validation/v13-mnist-fedavg.ts"

interface Curve {
  readonly learningRate: number
  /** On all test images, after each round, the beginning first. */
  readonly accuracies: readonly number[]
}

const FOLDER = new URL("../docs/validation/", import.meta.url)
const NUMBERS = new URL("mnist-fedavg.json", FOLDER)
const SEED = "v13/1"
/** Below, all curves are steep. */
const LOWEST = 0.88

const compute = async (): Promise<readonly Curve[]> => {
  await initialiseBackend()
  return LEARNING_RATES.map((learningRate) => ({
    learningRate,
    accuracies: curveOf(learningRate, SEED),
  }))
}

const seriesOf = ({ learningRate }: Curve): string => `η = ${learningRate}`

const bestSoFar = (curve: Curve) => {
  let best = 0
  return curve.accuracies.map((accuracy, round) => {
    best = Math.max(best, accuracy)
    return { series: seriesOf(curve), round, accuracy: best }
  })
}

const figureOf = (curves: readonly Curve[]): Figure => {
  const counts = curves.map((curve) => ({ curve, rounds: roundsToTarget(curve.accuracies) }))
  const fastest = counts.toSorted((a, b) => a.rounds - b.rounds)[0]!
  const series = curves.map(seriesOf)
  const all = counts.map(({ curve, rounds }) => `${seriesOf(curve)}: ${rounds.toFixed(1)}`).join("; ")
  const x = { field: "round", type: "quantitative", title: "Round", axis: { grid: false } } as const
  const y = {
    field: "accuracy",
    type: "quantitative" as const,
    title: "Best accuracy so far on 10,000 test images, %",
    scale: { domain: [LOWEST, 0.98], clamp: true },
    axis: { labelExpr: "format(datum.value * 100, 'd')", tickCount: 6 },
  }
  const published = { round: PUBLISHED_ROUNDS, accuracy: TARGET_ACCURACY, series: "published" }
  return {
    name: "mnist-fedavg",
    title: `Federated averaging reaches 97 % of MNIST after ${fastest.rounds.toFixed(0)} rounds at the best rate tried, ${seriesOf(fastest.curve)}; McMahan et al. (2017) report ${PUBLISHED_ROUNDS} at a rate they do not name`,
    description: `Lines of the best accuracy so far by round, one a learning rate, up to 97 %; a point at the published ${PUBLISHED_ROUNDS} rounds. Rounds to 97 %, by rate: ${all}.`,
    note: `Perceptron 784-200-200-10, 100 clients of 600 images, a tenth a round, 1 epoch, batch 10, IID; one run a rate. The point: ${PUBLISHED_ROUNDS} rounds to 97 %, as recalled.`,
    tables: [],
    spec: {
      $schema: "https://vega.github.io/schema/vega-lite/v6.json",
      config: figureConfig,
      width: figureWidth,
      height: 300,
      layer: [
        {
          data: { values: curves.flatMap(bestSoFar).filter(({ accuracy }) => accuracy >= LOWEST) },
          mark: { type: "line", strokeWidth: 2 },
          encoding: {
            x,
            y,
            color: {
              field: "series",
              type: "nominal",
              title: "Learning rate",
              scale: { domain: series, range: series.map((_, i) => seriesColour(i)) },
            },
          },
        },
        {
          data: { values: [published] },
          mark: { type: "point", filled: true, size: 120, color: mutedInk.light, opacity: 1 },
          encoding: { x, y },
        },
        {
          data: { values: [published] },
          mark: { type: "text", align: "left", dx: 10, dy: 14, color: mutedInk.light },
          encoding: { x, y, text: { value: `published: ${PUBLISHED_ROUNDS}` } },
        },
      ],
    },
  }
}

const { values } = parseArgs({ options: { kept: { type: "boolean", default: false } } })
const curves = values.kept ? (JSON.parse(readFileSync(NUMBERS, "utf8")) as readonly Curve[]) : await compute()
mkdirSync(FOLDER, { recursive: true })
if (!values.kept) writeFileSync(NUMBERS, `${JSON.stringify(curves)}\n`)
const { svgFile, warnings } = await compileFigure(figureOf(curves))
for (const warning of warnings) console.error(warning)
writeFileSync(new URL("mnist-fedavg.svg", FOLDER), svgFile)
console.log(figureOf(curves).title)
