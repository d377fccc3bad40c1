/** Attacks that the data set has no classes for: found before a run, since the attacker would fail in the middle of it. */
import { datasets } from "../../ml/datasets/registry.ts"
import { problem } from "./problems.ts"
import type { ScenarioFile } from "./schema.ts"
import type { SchemaProblem } from "./schemaProblems.ts"

/** `options[i]` are the decoded options of population entry i. */
export function attackProblems(
  { learning: { dataset }, population }: ScenarioFile,
  options: readonly Readonly<Record<string, unknown>>[],
): readonly SchemaProblem[] {
  const { classes } = datasets[dataset]
  return population.flatMap(({ count }, index) => {
    const { attack, target, shift } = options[index] ?? {}
    const path = ["population", index, "options"]
    if (count > 0 && attack === "backdoor" && typeof target === "number" && target >= classes) {
      const range = `a class of ${dataset}, from 0 to ${classes - 1}`
      return [problem([...path, "target"], `expected ${range}, found ${target}`)]
    }
    if (count > 0 && attack === "labelFlip" && typeof shift === "number" && shift >= classes) {
      const range = `an integer from 1 to ${classes - 1}, since ${dataset} has ${classes} classes`
      return [problem([...path, "shift"], `expected ${range}, found ${shift}`)]
    }
    return []
  })
}
