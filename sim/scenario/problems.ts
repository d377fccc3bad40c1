/** Small pieces of the checks that a schema can't make. */
import type { Path } from "./problem.ts"
import type { SchemaProblem } from "./schemaProblems.ts"

export function roleOf(strategy: string): string {
  return strategy.split("/")[0] ?? strategy
}

export function problem(path: Path, message: string, atKey = false): SchemaProblem {
  return { path, atKey, message }
}
