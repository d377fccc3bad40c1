/** Who may learn a ground truth must not learn what truth is measured by. */
import { datasets } from "../../ml/datasets/registry.ts"
import { groundTruthPool } from "../../ml/evaluation/groundTruthPool.ts"
import { problem } from "./problems.ts"
import type { Registries } from "./registries.ts"
import type { ScenarioFile } from "./schema.ts"
import type { SchemaProblem } from "./schemaProblems.ts"

export const leakProblems = (
  { learning, population }: ScenarioFile,
  { strategies }: Registries,
): readonly SchemaProblem[] => {
  const trainer = population.find(
    ({ strategy, count }) => count > 0 && strategies.get(strategy)?.trainsOnGroundTruth === true,
  )
  if (trainer === undefined) return []
  const { heldOutExamples, evaluationExamples, dataset } = learning
  const { testExamples } = datasets[dataset]
  const pool = groundTruthPool({ splitSize: testExamples, heldOutExamples, evaluationExamples })
  if (pool.from > 0) return []
  const most = testExamples - evaluationExamples
  const what =
    most < 1
      ? `fewer evaluationExamples than the ${testExamples} held-out examples of ${dataset}`
      : `at most ${most}, so that truth is measured on other examples than ${trainer.strategy} may train on`
  const field = most < 1 ? "evaluationExamples" : "heldOutExamples"
  return [problem(["learning", field], `expected ${what}, found ${learning[field]}`)]
}
