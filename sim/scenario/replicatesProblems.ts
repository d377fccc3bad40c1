import { problem } from "./problems.ts"
import type { ScenarioFile } from "./schema.ts"
import type { SchemaProblem } from "./schemaProblems.ts"

export const replicatesProblems = ({ replicates }: ScenarioFile): readonly SchemaProblem[] => {
  if (typeof replicates === "number" || replicates.atMost >= replicates.atLeast) return []
  const { atLeast, atMost } = replicates
  return [problem(["replicates", "atMost"], `expected at least atLeast, ${atLeast}, found ${atMost}`)]
}
