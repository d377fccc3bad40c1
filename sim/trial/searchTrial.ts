/** Looks for the attacker's best options, on training seeds. */
import { deriveStream } from "../kernel/randomStream.ts"
import { mean } from "../results/interval.ts"
import { differenceOf } from "../results/judge.ts"
import type { RunResult } from "../results/runResult.ts"
import type { PlannedTrial } from "../scenario/plan.ts"
import { designOfSettings } from "../search/designOfSettings.ts"
import { successiveHalving } from "../search/successiveHalving.ts"
import type { Player } from "./player.ts"
import type { AttackSetting, Rule, Trial } from "./readTrial.ts"
import { RUNGS } from "./seeds.ts"

/** The best options of an attack, and what finding them took. */
export interface FoundSetting {
  readonly setting: AttackSetting
  /** Left − right of the attack's success in its direction, mean over the training seeds; null where no run had one. */
  readonly score: number | null
  /** The same of the options that the file itself has, on the seeds that they were played on. */
  readonly nominalScore: number | null
  readonly settings: number
  readonly runs: number
  /** Runs that failed, or whose scenario was impossible: they count as worse than any that did not. */
  readonly failures: number
  /** What the first of them said. */
  readonly failure: string | null
}

/** What a run is worth to the attacker; null where the statement has no value in it. */
export function scoreOf({ success: { expectation } }: PlannedTrial, run: RunResult): number | null {
  const { values } = differenceOf(expectation, [run])
  if (values.length === 0) return null
  return expectation.relation.startsWith(">") ? mean(values) : -mean(values)
}

/** The file's own options are one of the settings, and win where no other is better. Rejects with `Interrupted`. */
export async function searchTrial(
  trial: Trial,
  rule: Rule,
  player: Player,
  order: number,
): Promise<FoundSetting> {
  const [{ keep }] = RUNGS as readonly [(typeof RUNGS)[number]]
  const stream = deriveStream(trial.name, "settings of the search")
  const settings: readonly AttackSetting[] = [{}, ...designOfSettings(trial.trial.factors, keep - 1, stream)]
  const failures: { readonly place: number; readonly seed: number; readonly message: string }[] = []
  const report = await successiveHalving(settings, RUNGS, async (setting, seed) => {
    const variant = trial.scenario(rule, setting)
    const run = variant._tag === "scenario" ? await player.play(variant.scenario, seed, order) : variant
    if (!("message" in run)) return scoreOf(trial.trial, run)
    failures.push({ place: settings.indexOf(setting), seed, message: run.message })
    return null
  })
  // Which worker was done first leaves no mark.
  failures.sort((a, b) => a.seed - b.seed || a.place - b.place)
  const { best } = report
  return {
    setting: best.score === null ? {} : best.setting,
    score: best.score,
    nominalScore: report.settings[0]?.score ?? null,
    settings: settings.length,
    runs: report.runs,
    failures: failures.length,
    failure: failures[0]?.message ?? null,
  }
}
