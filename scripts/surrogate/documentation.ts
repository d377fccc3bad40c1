/** Tables of `docs/surrogate.md` that a fit writes: between `<!-- name -->` and `<!-- end name -->`. */
import { readFileSync } from "node:fs"
import type { FitError } from "../../ml/surrogate/fitError.ts"
import type { Fitted } from "../../ml/surrogate/fitted.ts"
import { errorsOf } from "./errors.ts"
import type { ComparedFederation } from "./figure.ts"
import { attackName, partitionName, partNames, points, ruleName } from "./naming.ts"
import { writeFormatted } from "./writeFormatted.ts"

const PAGE = new URL("../../docs/surrogate.md", import.meta.url)

const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`

const table = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [line(header), line(header.map((_, column) => (column === 0 ? "---" : "---:"))), ...rows.map(line)].join(
    "\n",
  )

const withInterval = (value: number, [low, high]: readonly [number, number]): string =>
  `${points(value)} [${points(low)}, ${points(high)}]`

const cells = (error: Omit<FitError, "part">): readonly string[] => [
  String(error.federations),
  withInterval(error.byRound, error.byRoundInterval),
  withInterval(error.last, error.lastInterval),
  withInterval(error.bias, error.biasInterval),
  points(error.honest),
  error.attacker === null ? "–" : points(error.attacker),
]

const COLUMNS = ["federations", "by round", "last round", "bias", "single honest update", "single attacker"]

/** What was new to the fit. */
export const errorTable = ({ errors }: Fitted): string =>
  table(
    ["new to the fit", ...COLUMNS],
    errors.map((error) => [partNames[error.part], ...cells(error)]),
  )

/** Of what was left out: errors by each factor's levels. */
export const factorTable = (compared: readonly ComparedFederation[]): string => {
  const leftOut = compared.filter(({ part }) => part !== "fit")
  const factors: readonly (readonly [string, (each: ComparedFederation) => string])[] = [
    ["width", ({ federation }) => String(federation.hidden[0])],
    ["partition", ({ federation }) => partitionName(federation)],
    ["attack", ({ federation }) => attackName(federation).split(",")[0]!],
    ["aggregation", ({ federation }) => ruleName(federation)],
  ]
  return table(
    ["left out, by", ...COLUMNS],
    factors.flatMap(([factor, levelOf]) =>
      [...new Set(leftOut.map(levelOf))].map((level) => [
        `${factor}: ${level}`,
        ...cells(errorsOf(leftOut.filter((each) => levelOf(each) === level))),
      ]),
    ),
  )
}

const short = (value: number): string => String(Number(value.toPrecision(3)))

const span = ({ min, max }: { min: number; max: number }): string =>
  min === max ? short(min) : `${short(min)} to ${short(max)}`

/** The fitted range in words. */
export const rangeTable = ({ range }: Fitted): string => {
  const { attacks, rules, ...spans } = range
  return table(
    ["setting", "fitted range"],
    [
      ...Object.entries(spans).map(([name, limits]) => [name, span(limits)]),
      ["aggregation", rules.join(", ")],
      ...Object.entries(attacks).map(([name, limits]) => [`attack ${name}`, span(limits)]),
    ],
  )
}

export const tablesOf = (fitted: Fitted, compared: readonly ComparedFederation[]) => ({
  errors: errorTable(fitted),
  factors: factorTable(compared),
  range: rangeTable(fitted),
})

/** The text between the marks of a table. */
export const between = (name: string, page: string): string =>
  page.split(`<!-- ${name} -->\n\n`)[1]?.split(`\n\n<!-- end ${name} -->`)[0] ?? ""

/** Text of a table whatever its cells are padded with. */
export const unpadded = (text: string): string => text.replaceAll(/ +/g, " ").replaceAll(/-+/g, "-")

export const readPage = (): string => readFileSync(PAGE, "utf8")

export const writeTables = async (fitted: Fitted, compared: readonly ComparedFederation[]): Promise<void> => {
  let page = readPage()
  for (const [name, text] of Object.entries(tablesOf(fitted, compared))) {
    page = page.replace(between(name, page), () => text)
  }
  await writeFormatted(PAGE, page)
}
