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

/** What an attacker may choose: one of some values, or a number of a range. */
export type Factor =
  | { readonly _tag: "values"; readonly path: string; readonly values: readonly unknown[] }
  | {
      readonly _tag: "range"
      readonly path: string
      readonly from: number
      readonly to: number
      readonly scale: "linear" | "log"
      readonly integer: boolean
    }

/** An attack on trial. The scenario itself has the defending rule on. */
export interface PlannedTrial {
  readonly attack: string
  /** Who attacks, in words. */
  readonly role: string
  /** The owner or group that is the attacker. */
  readonly attacker: string
  /** When the attack counts as successful. Its confidence is that of the table, not this one's. */
  readonly success: { readonly statement: string; readonly expectation: Expectation }
  /** A difference of the statement's sides below it is of no interest. */
  readonly margin: number
  /** The rule that stands against it, in words. */
  readonly rule: string
  /** Changes by path that switch the rule off. */
  readonly off: Readonly<Record<string, unknown>>
  readonly factors: readonly Factor[]
}

export interface ExperimentPlan {
  /** The scenario itself: the setting `base`. */
  readonly base: Scenario
  readonly comparisons: readonly PlannedComparison[]
  /** Numbers of replicates at which the expectations are looked at, ascending; absent = all, once. */
  readonly looks?: readonly number[]
  /** Judged over the replicates of `base`. */
  readonly expectations: readonly PlannedExpectation[]
  /** The attack that the scenario puts on trial, if it does. */
  readonly trial: PlannedTrial | undefined
  /** The names by which folders of contract artifacts were given, by their absolute paths. */
  readonly contractFolders: Readonly<Record<string, string>>
  /** The paths by which files of strategies were given, by their absolute paths; absent where there are none. */
  readonly strategyPaths?: Readonly<Record<string, string>>
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

/** Numbers of replicates after which one stops if every expectation is decided; the last is all of them. */
export function looksOfPlan({ looks, base }: ExperimentPlan): readonly number[] {
  return looks ?? [base.replicates]
}

/** The seeds of a plan's replicates, at most: the same for every setting. */
export function seedsOf(plan: ExperimentPlan): readonly number[] {
  return Array.from({ length: plan.base.replicates }, (_, index) => plan.base.seed + index)
}
