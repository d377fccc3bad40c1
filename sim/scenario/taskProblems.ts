/** Settings of tasks under which the built-in contracts would let nobody work, found before a run shows nothing. */
import { parameterValue } from "./parameterValue.ts"
import { problem } from "./problems.ts"
import { parameterName, type Registries } from "./registries.ts"
import type { ScenarioFile } from "./schema.ts"
import type { SchemaProblem } from "./schemaProblems.ts"
import { contractChoice } from "./contractsField.ts"

/** Nothing for other contracts, or where a rule is off: what those refuse is for the run to show. */
export function taskProblems(file: ScenarioFile, { parameters }: Registries): readonly SchemaProblem[] {
  const { source, rulesOff } = contractChoice(file.contracts)
  if (source !== "builtin" || rulesOff.length > 0) return []
  return parameters.flatMap((entry) => {
    const name = parameterName(entry)
    const written = parameterValue(file.parameters[name], entry.unit)
    const value = typeof written === "bigint" ? written : entry.default
    if (name === "TaskContract.maxSolvers" && BigInt(file.tasks.solversPerTask) > value) {
      const message = `expected at most ${value}, which is ${name}, found ${file.tasks.solversPerTask}`
      return [problem(["tasks", "solversPerTask"], message)]
    }
    if (name === "TaskContract.maxCheckpoints" && checkpointsOf(file) > value) {
      const message = `expected at most ${value} checkpoints a task, which is ${name}, found ${checkpointsOf(file)}`
      return [problem(["learning", "checkpoints", "every"], message)]
    }
    if (name === "TaskContract.autoActivate" && value === 0n) {
      const message = "expected on, since no strategy activates tasks by hand, found off"
      return [problem(["parameters", name], message)]
    }
    return []
  })
}

/** Checkpoints that a solver would record for one task. */
function checkpointsOf({ learning }: ScenarioFile): bigint {
  const { checkpoints, samplesPerSolver, epochs, batchSize } = learning
  if (checkpoints === null) return 0n
  return BigInt(Math.ceil((epochs * Math.ceil(samplesPerSolver / batchSize)) / checkpoints.every))
}
