import { problem, roleOf } from "./problems.ts"
import type { ScenarioFile } from "./schema.ts"
import type { SchemaProblem } from "./schemaProblems.ts"

const DEFAULT_TASKS_PER_ROUND = 2

/** A product of decimals may come out a hair above the whole number that is meant: 0.07 · 100 does. */
const ROUNDING = 1e-9

/**
 * Tasks that are proposed in one round: as the file says, or as many as invite the given share of solvers, rounded up:
 * ⌈clientFraction · solvers / solversPerTask⌉.
 */
export function tasksPerRound({ tasks, population }: ScenarioFile): number {
  const { perRound, clientFraction, solversPerTask } = tasks
  if (clientFraction === undefined) return perRound ?? DEFAULT_TASKS_PER_ROUND
  const solvers = population
    .filter(({ strategy }) => roleOf(strategy) === "solver")
    .reduce((sum, { count }) => sum + count, 0)
  return Math.max(1, Math.ceil((clientFraction * solvers) / solversPerTask - ROUNDING))
}

export function clientFractionProblems({ tasks }: ScenarioFile): readonly SchemaProblem[] {
  if (tasks.clientFraction === undefined || tasks.perRound === undefined) return []
  const message = `expected either perRound or clientFraction, found both (perRound: ${tasks.perRound})`
  return [problem(["tasks", "clientFraction"], message)]
}
