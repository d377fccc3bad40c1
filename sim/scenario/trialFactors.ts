/** The factors of a trial's search: read from the file, and what is wrong with them. */
import type { Factor } from "./plan.ts"
import { problem } from "./problems.ts"
import { show, type Path } from "./problem.ts"
import type { SchemaProblem } from "./schemaProblems.ts"
import type { FactorSection, TrialSection } from "./trialSection.ts"

/** Settings that a search must be able to choose among, so that no attack is a straw man. */
export const LEAST_SETTINGS = 64

const FACTORS: Path = ["trial", "search", "factors"]

export function factorsOf({ search: { factors } }: TrialSection): readonly Factor[] {
  return Object.entries(factors).map(
    ([path, { values, from = 0, to = 0, scale = "linear", integer = false }]) =>
      values === undefined
        ? { _tag: "range", path, from, to, scale, integer }
        : { _tag: "values", path, values },
  )
}

/** Different settings of the factors together; infinite where one of them is a range of decimals. */
export function countSettings(factors: readonly Factor[]): number {
  return factors.reduce((product, factor) => product * countValues(factor), 1)
}

function countValues(factor: Factor): number {
  if (factor._tag === "values") return factor.values.length
  return factor.integer ? factor.to - factor.from + 1 : Number.POSITIVE_INFINITY
}

/** Values that are tried when a file is read, so that the search meets none that the scenario can't have. */
export function edgesOf(factor: Factor): readonly unknown[] {
  return factor._tag === "values" ? factor.values : [factor.from, factor.to]
}

export function factorProblems(trial: TrialSection): readonly SchemaProblem[] {
  const problems = Object.entries(trial.search.factors).flatMap(([path, factor]) =>
    formProblems(factor).map(({ key, message }) =>
      problem([...FACTORS, path, ...(key === undefined ? [] : [key])], message),
    ),
  )
  if (problems.length > 0) return problems
  const count = countSettings(factorsOf(trial))
  if (count >= LEAST_SETTINGS) return []
  const message = `expected factors with at least ${LEAST_SETTINGS} different settings, found ${count}`
  return [problem(FACTORS, message)]
}

interface FormProblem {
  readonly key?: keyof FactorSection
  readonly message: string
}

function formProblems(factor: FactorSection): readonly FormProblem[] {
  const { values, from, to, scale, integer } = factor
  if (values !== undefined) {
    const other = (["from", "to", "scale", "integer"] as const).find((key) => factor[key] !== undefined)
    if (other !== undefined)
      return [{ key: other, message: `expected values or a range, found ${other} beside values` }]
    const texts = values.map((value) => JSON.stringify(value))
    if (new Set(texts).size === texts.length && texts.length >= 2) return []
    return [{ key: "values", message: `expected at least two different values, found ${texts.join(", ")}` }]
  }
  if (from === undefined || to === undefined) {
    const found =
      from === undefined && to === undefined ? "neither" : from === undefined ? "to alone" : "from alone"
    return [{ message: `expected from and to, or values, found ${found}` }]
  }
  if (!(from < to)) return [{ key: "to", message: `expected a number above from (${from}), found ${to}` }]
  if (scale === "log" && from <= 0)
    return [{ key: "from", message: `expected a number above 0 on a logarithmic scale, found ${from}` }]
  if (integer !== true) return []
  const broken = (["from", "to"] as const).filter((key) => !Number.isSafeInteger(factor[key]))
  return broken.map((key) => ({ key, message: `expected an integer, found ${show(factor[key])}` }))
}
