/** What to know about a result before believing it, beyond its verdicts. */
import type { ExperimentResult, SettingResult } from "./experimentResult.ts"
import { formatCount, formatDuration } from "./format.ts"

/** A sentence each: runs that ended at their limit, settings in which no task was finished. */
export const endNotes = (result: ExperimentResult): readonly string[] =>
  result.settings.flatMap((setting) => {
    const { name, runs, metrics } = setting
    if (runs.length === 0) return []
    const limit = limitSeconds(result, name)
    const late = runs.filter(({ virtualSeconds }) => limit !== null && virtualSeconds >= limit)
    const finality = metrics.find((metric) => metric.name === "finalityHours")
    return [
      ...(limit !== null && late.length > 0
        ? [
            `${late.length === runs.length ? formatCount(runs.length, "run") : `${late.length} of ${formatCount(runs.length, "run")}`} of ${name} ended at the limit of ${formatDuration(limit)}, before all rounds were published${roundsText(setting)}.`,
          ]
        : []),
      ...(finality !== undefined && finality.value.mean === null
        ? [`No task was finished in ${name}: what depends on finished tasks is undefined there.`]
        : []),
    ]
  })

const limitSeconds = ({ manifest }: ExperimentResult, setting: string): number | null => {
  const scenario = manifest.inputs.settings.find(({ name }) => name === setting)?.scenario
  if (typeof scenario !== "object" || scenario === null || !("limitSeconds" in scenario)) return null
  return typeof scenario.limitSeconds === "number" ? scenario.limitSeconds : null
}

const roundsText = ({ metrics }: SettingResult): string => {
  const mean = metrics.find(({ name }) => name === "rounds")?.value.mean ?? null
  return mean === null ? "" : ` (${Math.round(mean * 10) / 10} on average)`
}
