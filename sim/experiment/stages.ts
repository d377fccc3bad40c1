/** An experiment that goes on until it knows: its jobs by the numbers of replicates at which one looks. */
import { judge } from "../results/judge.ts"
import { looksOfPlan, type ExperimentPlan } from "../scenario/plan.ts"
import { readRun } from "./outputFolder.ts"
import type { Job } from "./workerMessages.ts"

/** What is played by each look, earlier looks included. */
export function stagesOf(plan: ExperimentPlan, planned: readonly Job[]): readonly (readonly Job[])[] {
  const first = plan.base.seed
  return looksOfPlan(plan).map((look) => planned.filter(({ seed }) => seed < first + look))
}

/** Whether every expectation is decided by these runs, which are all done: a matter of results alone. */
export function isDecided(plan: ExperimentPlan, folder: string, jobs: readonly Job[]): boolean {
  const looks = looksOfPlan(plan).length
  if (looks === 1) return true
  const runs = jobs.filter(({ setting }) => setting === "base").map((job) => readRun(folder, job))
  return plan.expectations.every(({ expectation }) => judge(expectation, runs, looks).verdict !== "undecided")
}
