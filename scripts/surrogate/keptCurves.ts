/** The real curves as they are kept: what the fit stands on, and what tests compare predictions with. */
import { readFileSync, writeFileSync } from "node:fs"
import type { Designed } from "./design.ts"
import type { Curve } from "./federation.ts"

export interface KeptCurve extends Designed {
  readonly curve: Curve
}

const FILE = new URL("../../ml/surrogate/fitted/mnist-curves.json", import.meta.url)

export const readCurves = (): readonly KeptCurve[] =>
  (JSON.parse(readFileSync(FILE, "utf8")) as { readonly curves: readonly KeptCurve[] }).curves

/** One curve a line. */
export const writeCurves = (about: Readonly<Record<string, string>>, curves: readonly KeptCurve[]): void => {
  const head = JSON.stringify(about).slice(0, -1)
  const lines = curves.map(({ part, federation, curve }) =>
    JSON.stringify({ part, federation, curve: shortened(curve) }),
  )
  writeFileSync(FILE, `${head},"curves":[\n${lines.join(",\n")}\n]}\n`)
}

const short = (value: number): number => Math.round(value * 1e5) / 1e5

/** To five decimals: accuracies are counts of 10,000 examples, or means of counts of 2,000. */
export const shortened = ({ accuracy, loss, honest, attacker }: Curve): Curve => {
  return {
    accuracy: accuracy.map(short),
    loss: loss.map(short),
    honest: honest.map(short),
    attacker: attacker.map((value) => (value === null ? null : short(value))),
  }
}
