/** Capabilities that the data set, the learner or the scorecard can't give. */
import { datasets } from "../../ml/datasets/registry.ts"
import { problem } from "./problems.ts"
import type { ScenarioFile } from "./schema.ts"
import type { SchemaProblem } from "./schemaProblems.ts"

export const capabilityProblems = ({ learning, ml }: ScenarioFile): readonly SchemaProblem[] => {
  const { capabilities, checkpoints, dataset } = learning
  if (capabilities === undefined) return []
  const problems: SchemaProblem[] = []
  const refuse = (path: readonly (string | number)[], message: string) =>
    problems.push(problem(["learning", "capabilities", ...path], message))
  if (ml === "surrogate") {
    const message =
      "expected none, since the surrogate was fitted to a choice between all classes; leave them out, or set ml: real (small with model: { kind: mlp, hidden: [] } and few samples)"
    refuse([], message)
  }
  if (checkpoints !== null) {
    const message = "expected none where solvers leave checkpoints, which audits follow on whole shards"
    refuse([], message)
  }
  const { classes } = datasets[dataset]
  const names = new Set<string>()
  capabilities.forEach(({ name, labels }, index) => {
    if (names.has(name)) refuse([index, "name"], `expected a name of its own, found ${name} again`)
    names.add(name)
    labels.forEach((label, place) => {
      const path = [index, "labels", place]
      if (label >= classes) {
        refuse(path, `expected a class of ${dataset}, from 0 to ${classes - 1}, found ${label}`)
      }
      if (labels.indexOf(label) < place) refuse(path, `expected each class once, found ${label} again`)
    })
  })
  return problems
}
