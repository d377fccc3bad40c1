/** Statements whose units do not go together, or that no run can decide. What cannot be parsed, other checks report. */
import { parseExpectation, parseExpression } from "../results/expectationParser.ts"
import { foregone } from "../results/foregoneStatement.ts"
import {
  expectationUnitProblems,
  expressionUnitProblems,
  marginUnitProblem,
} from "../results/statementUnits.ts"
import type { Path } from "./problem.ts"
import { problem } from "./problems.ts"
import type { ScenarioFile } from "./schema.ts"
import type { SchemaProblem } from "./schemaProblems.ts"

export function unitProblems({ expectations, comparisons, trial }: ScenarioFile): readonly SchemaProblem[] {
  return [
    ...expectations.flatMap((entry, index) =>
      typeof entry === "string"
        ? inStatement(entry, ["expectations", index])
        : inStatement(entry.statement, ["expectations", index, "statement"]),
    ),
    ...comparisons.flatMap(({ measures }, index) =>
      measures.flatMap((measure, position) =>
        inMeasure(measure, ["comparisons", index, "measures", position]),
      ),
    ),
    ...(trial === undefined ? [] : inTrial(trial)),
  ]
}

function inStatement(source: string, path: Path): readonly SchemaProblem[] {
  const parsed = parseExpectation(source)
  if (parsed._tag === "failed") return []
  const units = expectationUnitProblems(parsed.value)
  const decided = units.length === 0 ? foregone(parsed.value) : undefined
  return [...units, ...(decided === undefined ? [] : [decided])].map((message) => problem(path, message))
}

function inMeasure(source: string, path: Path): readonly SchemaProblem[] {
  const parsed = parseExpression(source)
  if (parsed._tag === "failed") return []
  return expressionUnitProblems(parsed.value).map((message) => problem(path, message))
}

function inTrial({ success, margin }: NonNullable<ScenarioFile["trial"]>): readonly SchemaProblem[] {
  const wrong = inStatement(success, ["trial", "success"])
  const parsed = parseExpectation(success)
  if (parsed._tag === "failed" || wrong.length > 0) return wrong
  const message = marginUnitProblem(parsed.value, margin)
  return message === undefined ? [] : [problem(["trial", "margin"], message)]
}
