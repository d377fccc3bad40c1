/** A trial file as a plan: the attack, and the scenario for any of its settings with the rule on or off. */
import { basename } from "node:path"
import { Effect } from "effect"
import { openScenarioText, type LoadOptions, type Variant } from "../scenario/loadScenario.ts"
import type { ExperimentPlan, PlannedTrial } from "../scenario/plan.ts"
import { invalidScenario, type InvalidScenario } from "../scenario/problem.ts"
import { readScenarioFile } from "../scenario/scenarioFile.ts"

/** What an attacker chose: values by path. Empty for the options that the file itself has. */
export type AttackSetting = Readonly<Record<string, unknown>>

export type Rule = "on" | "off"

export interface Trial {
  /** The name of the scenario. */
  readonly name: string
  readonly file: string
  readonly text: string
  readonly trial: PlannedTrial
  readonly plan: ExperimentPlan
  /** The scenario as it is played; impossible where values that are right one by one do not go together. */
  readonly scenario: (rule: Rule, setting: AttackSetting) => Variant
  /** The scenario with one more rule of the built-in contracts off; impossible where it has contracts of its own. */
  readonly without: (mutant: string, setting: AttackSetting) => Variant
}

/** Fails with `InvalidScenario`, also where the file puts nothing on trial. */
export const readTrial = Effect.fnUntraced(function* (
  file: string,
  registries: LoadOptions["registries"],
): Effect.fn.Return<Trial, InvalidScenario> {
  const read = readScenarioFile(file)
  if (read._tag === "failed") return yield* invalidScenario(file, [{ path: [], message: read.message }])
  const { plan, vary } = yield* openScenarioText(file, read.text, { registries })
  const { trial, base } = plan
  if (trial === undefined) {
    const message = `expected a trial, found a scenario without one: ${basename(file)} has no key trial`
    return yield* invalidScenario(file, [{ path: [], message }])
  }
  return {
    name: base.name,
    file,
    text: read.text,
    trial,
    plan,
    scenario: (rule, setting) => vary(rule === "on" ? setting : { ...trial.off, ...setting }),
    without: (mutant, setting) =>
      vary({ ...setting, "contracts.rulesOff": [...base.contracts.rulesOff, mutant] }),
  }
})
