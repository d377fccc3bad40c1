/** Rules of aggregation that the updates of a round can't be enough for: they would be something else than they say. */
import { problem, roleOf } from "./problems.ts"
import type { Path } from "./problem.ts"
import type { ScenarioFile } from "./schema.ts"
import type { SchemaProblem } from "./schemaProblems.ts"
import { tasksPerRound } from "./tasksPerRound.ts"

export function aggregationProblems(file: ScenarioFile): readonly SchemaProblem[] {
  const { rule } = file.learning.aggregation
  const most = mostUpdates(file)
  const path = ["learning", "aggregation", "rule"]
  if (most === 0) return []
  if (rule.kind === "trimmedMean") return trimProblems([...path, "share"], rule.share, most)
  if (rule.kind !== "krum" && rule.kind !== "multiKrum") return []
  const problems: SchemaProblem[] = []
  if (rule.byzantine >= most) {
    const range = `an integer from 0 to ${most - 1}, since a round brings at most ${most} updates`
    problems.push(problem([...path, "byzantine"], `expected ${range}, found ${rule.byzantine}`))
  }
  if (rule.kind === "multiKrum" && rule.keep !== undefined && rule.keep > most) {
    const range = `an integer from 1 to ${most}, the most updates that a round brings`
    problems.push(problem([...path, "keep"], `expected ${range}, found ${rule.keep}`))
  }
  return problems
}

/** ⌊share · n⌋ of n updates are left out on each side. A share of 0 says that nobody is; others should not mean it. */
function trimProblems(path: Path, share: number, most: number): readonly SchemaProblem[] {
  if (share === 0 || Math.floor(share * most) > 0) return []
  const least = Math.ceil(1000 / most) / 1000
  const sums = `since a round brings at most ${most} updates, of which ⌊${share} · ${most}⌋ = 0 would be left out`
  const expected =
    least < 0.5 ? `0, or a share from ${least},` : "0, or a rule for fewer than three updates such as median,"
  return [problem(path, `expected ${expected} ${sums}; found ${share}`)]
}

/** Of each task, those of the solvers whom it invites, and one of every keeper. */
function mostUpdates(file: ScenarioFile): number {
  const countOf = (role: string): number =>
    file.population
      .filter(({ strategy }) => roleOf(strategy) === role)
      .reduce((sum, { count }) => sum + count, 0)
  const ofTask = Math.min(file.tasks.solversPerTask, countOf("solver")) + countOf("keeper")
  return tasksPerRound(file) * ofTask
}
