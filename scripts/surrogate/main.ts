/**
 * `npm run surrogate:fit`: plays the real federations of the design, fits the surrogate to one part of them, compares
 * it with the others, and writes what comes out: parameters with their range and errors, the real curves, the figure,
 * and the tables of `docs/surrogate.md`. `--fit-only` takes the real curves that are kept, `--compare-only` the parameters
 * too.
 */
import { readFileSync } from "node:fs"
import { loadMnist } from "../../ml/datasets/mnist.ts"
import type { Fitted } from "../../ml/surrogate/fitted.ts"
import type { SurrogateParameters } from "../../ml/surrogate/parameters.ts"
import { collectCurves } from "./collect.ts"
import { design, type Designed } from "./design.ts"
import { writeTables } from "./documentation.ts"
import { errorsByPart } from "./errors.ts"
import { groundOf } from "./federation.ts"
import { writeFigure } from "./figure.ts"
import { fitParameters, type Observed, predict } from "./fitParameters.ts"
import { readCurves, shortened, writeCurves, type KeptCurve } from "./keptCurves.ts"
import { fitLossSlope } from "./lossSlope.ts"
import { rangeOf } from "./range.ts"
import { writeFormatted } from "./writeFormatted.ts"

const COMMAND = "npm run surrogate:fit"
const PARAMETERS = new URL("../../ml/surrogate/fitted/mnist.json", import.meta.url)
const MOST_ITERATIONS = 15
/** Significant digits of a parameter: far more than the curves determine. */
const DIGITS = 6

const dataset = loadMnist()

const realCurves = async (): Promise<readonly KeptCurve[]> => {
  if (["--fit-only", "--compare-only"].some((flag) => process.argv.includes(flag))) return readCurves()
  const federations = design.map(({ federation }) => federation)
  const curves = await collectCurves(federations, dataset, (played, seconds) =>
    console.log(`federation ${played} of ${federations.length}: ${seconds.toFixed(1)} s of CPU time`),
  )
  return design.map((designed, i) => ({ ...designed, curve: shortened(curves[i]!) }))
}

const kept = await realCurves()
const observed: readonly (Observed & Designed)[] = kept.map((each) => ({
  ...each,
  ground: groundOf(each.federation, dataset),
}))
const fitted = observed.filter(({ part }) => part === "fit")

const fitAnew = (): SurrogateParameters => {
  const found = fitParameters(fitted, {
    iterations: MOST_ITERATIONS,
    onIteration: (iteration, sum) => console.log(`iteration ${iteration}: sum of squares ${sum.toFixed(4)}`),
  })
  const digits = Object.entries(fitLossSlope(fitted, found)).map(
    ([name, value]) => [name, Number(value.toPrecision(DIGITS))] as const,
  )
  return Object.fromEntries(digits) as SurrogateParameters
}

const compareOnly = process.argv.includes("--compare-only")
const parameters = compareOnly
  ? (JSON.parse(readFileSync(PARAMETERS, "utf8")) as Fitted).parameters
  : fitAnew()
const compared = observed.map(({ part, federation, curve, ground }) => ({
  part,
  federation,
  real: curve,
  predicted: predict(ground, parameters),
}))
const result: Fitted = {
  dataset: dataset.name,
  datasetHash: dataset.hash,
  command: COMMAND,
  federations: { fit: fitted.length, leftOut: kept.length - fitted.length },
  range: rangeOf(fitted.map(({ federation }) => federation)),
  parameters,
  errors: errorsByPart(compared),
}
await writeFormatted(PARAMETERS, JSON.stringify(result))
writeCurves({ command: COMMAND, dataset: dataset.name, datasetHash: dataset.hash }, kept)
await writeFigure(compared)
await writeTables(result, compared)
console.log(JSON.stringify(result.errors, null, 1))
