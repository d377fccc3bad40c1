/** What to know about a result before believing it, beyond its verdicts. */
import type { ExperimentResult, SettingResult } from "./experimentResult.ts"
import { formatCount, formatDuration } from "./format.ts"

/**
 * A sentence each: runs that ended at their limit, settings in which no task was finished, comparisons whose change
 * nothing in their runs came near.
 */
export const endNotes = (result: ExperimentResult): readonly string[] => [
  ...result.settings.flatMap((setting) => settingNotes(result, setting)),
  ...untouchedNotes(result),
]

const settingNotes = (result: ExperimentResult, setting: SettingResult): readonly string[] => {
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
}

/** Equal digests on all seeds: the change altered no event, no transaction and no balance. */
const untouchedNotes = ({ settings: [base, ...variants] }: ExperimentResult): readonly string[] => {
  const digests = new Map(base?.runs.map(({ seed, digest }) => [seed, digest]))
  return variants.flatMap(({ name, changes, runs }) => {
    if (runs.length === 0 || runs.some(({ seed, digest }) => digests.get(seed) !== digest)) return []
    const changed = Object.entries(changes).map(([path, value]) => `${path} = ${JSON.stringify(value)}`)
    return [
      `Every run of ${name} is the same as in base, to the last transaction: nothing in these runs depends on its change (${changed.join("; ")}), so a difference of 0 does not show what that is worth.`,
    ]
  })
}

const limitSeconds = ({ manifest }: ExperimentResult, setting: string): number | null => {
  const scenario = manifest.inputs.settings.find(({ name }) => name === setting)?.scenario
  if (typeof scenario !== "object" || scenario === null || !("limitSeconds" in scenario)) return null
  return typeof scenario.limitSeconds === "number" ? scenario.limitSeconds : null
}

const roundsText = ({ metrics }: SettingResult): string => {
  const mean = metrics.find(({ name }) => name === "rounds")?.value.mean ?? null
  return mean === null ? "" : ` (${Math.round(mean * 10) / 10} on average)`
}
