/** What a scenario file asks for in all: settings to run, expectations to judge, comparisons to draw. */
import type { Expectation, Expression } from "../results/expectation.ts"
import type { Scenario } from "./scenario.ts"

/** A variant of the scenario that runs on the same seeds. */
export interface PlannedComparison {
  readonly name: string
  readonly question: string
  /** The changes by path, as written. */
  readonly set: Readonly<Record<string, unknown>>
  readonly scenario: Scenario
  readonly measures: readonly { readonly source: string; readonly expression: Expression }[]
}

export interface PlannedExpectation {
  /** As written. */
  readonly statement: string
  readonly why: string | undefined
  readonly expectation: Expectation
}

export interface ExperimentPlan {
  /** The scenario itself: the setting `base`. */
  readonly base: Scenario
  readonly comparisons: readonly PlannedComparison[]
  /** Judged over the replicates of `base`. */
  readonly expectations: readonly PlannedExpectation[]
  /** The names by which folders of contract artifacts were given, by their absolute paths. */
  readonly contractFolders: Readonly<Record<string, string>>
}

/** A scenario with the name by which results call it: `base`, then the comparisons in the order of the file. */
export interface Setting {
  readonly name: string
  readonly scenario: Scenario
}

export function settingsOf(plan: ExperimentPlan): readonly Setting[] {
  return [
    { name: "base", scenario: plan.base },
    ...plan.comparisons.map(({ name, scenario }) => ({ name, scenario })),
  ]
}

/** The seeds of a plan's replicates: the same for every setting. */
export function seedsOf(plan: ExperimentPlan): readonly number[] {
  return Array.from({ length: plan.base.replicates }, (_, index) => plan.base.seed + index)
}
