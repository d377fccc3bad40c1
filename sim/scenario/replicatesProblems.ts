import { problem } from "./problems.ts"
import type { ScenarioFile } from "./schema.ts"
import type { SchemaProblem } from "./schemaProblems.ts"

export const replicatesProblems = ({ replicates, expectations }: ScenarioFile): readonly SchemaProblem[] => {
  if (typeof replicates === "number") return []
  const { atLeast, atMost } = replicates
  if (atMost < atLeast)
    return [problem(["replicates", "atMost"], `expected at least atLeast, ${atLeast}, found ${atMost}`)]
  if (expectations.length > 0) return []
  const message = `expected a number, such as ${atLeast}, where no expectation waits to be decided, found { atLeast: ${atLeast}, atMost: ${atMost} } without expectations`
  return [problem(["replicates"], message)]
}
