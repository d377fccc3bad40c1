/** Settings of learning that the data set can't give. */
import { datasets } from "../../ml/datasets/registry.ts"
import { modelProblem } from "./modelOfChoice.ts"
import { problem, roleOf } from "./problems.ts"
import type { ScenarioFile } from "./schema.ts"
import type { SchemaProblem } from "./schemaProblems.ts"

/** Roles whose agents hold a shard of the training data. */
const TRAINERS: ReadonlySet<string> = new Set(["solver", "proposer", "keeper"])

export const dataProblems = ({ learning, population }: ScenarioFile): readonly SchemaProblem[] => {
  const { dataset, partition, samplesPerSolver } = learning
  const { trainExamples, classes, inputShape } = datasets[dataset]
  const problems: SchemaProblem[] = []
  const refuse = (path: readonly string[], message: string) =>
    problems.push(problem(["learning", ...path], message))
  const shards = population
    .filter(({ strategy }) => TRAINERS.has(roleOf(strategy)))
    .reduce((sum, { count }) => sum + count, 0)
  if (shards * samplesPerSolver > trainExamples) {
    const found = `${samplesPerSolver} for each of ${shards} solvers, proposers and keepers`
    refuse(
      ["samplesPerSolver"],
      `expected at most ${trainExamples} training examples of ${dataset} in all, found ${found}`,
    )
  }
  const impossible = modelProblem(learning.model, { inputShape, classes })
  if (impossible !== undefined) refuse(["model"], `expected a model for ${dataset}, but ${impossible}`)
  if (learning.backdoor !== undefined && learning.backdoor.target >= classes) {
    const { target } = learning.backdoor
    refuse(
      ["backdoor", "target"],
      `expected a class of ${dataset}, from 0 to ${classes - 1}, found ${target}`,
    )
  }
  if (partition.kind === "byLabel") {
    const { labelsPerSolver } = partition
    const path = ["partition", "labelsPerSolver"]
    if (labelsPerSolver > classes) {
      refuse(path, `expected at most ${classes}, the classes of ${dataset}, found ${labelsPerSolver}`)
    } else if (samplesPerSolver % labelsPerSolver !== 0) {
      const what = `a divisor of samplesPerSolver (${samplesPerSolver}), since slices have equal sizes`
      refuse(path, `expected ${what}, found ${labelsPerSolver}`)
    }
  }
  return problems
}
