/** What to know about a result before believing it, beyond its verdicts. */
import type { ExperimentResult, SettingResult } from "./experimentResult.ts"
import { formatCount, formatDuration } from "./format.ts"
import type { Manifest } from "./manifest.ts"
import { parameterDisplay } from "./parameterText.ts"

/**
 * A sentence each: runs that ended at their limit, settings in which nothing happened, no task was finished or no trap laid,
 * comparisons whose change nothing in their runs came near.
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
    ...standstillNotes(setting),
    ...trapNotes(result, setting),
  ]
}

/** What never happened in any run, where that makes the numbers say nothing. */
const standstillNotes = ({ name, runs, metrics }: SettingResult): readonly string[] => {
  const metric = (wanted: string) => metrics.find((each) => each.name === wanted)
  const where = `any run of ${name}`
  const undecided = metric("undecidedRate")
  return [
    ...(runs.every(({ transactions }) => transactions === 0)
      ? [`No transaction was included in ${where}: nothing that its agents sent reached the chain.`]
      : []),
    ...(metric("rounds")?.value.mean === 0
      ? [`No round was published in ${where}: its model is the initial one.`]
      : []),
    ...(undecided !== undefined && (undecided.of ?? 0) > 0 && undecided.count === undecided.of
      ? [`No submission was decided in ${where}: none reached a consensus.`]
      : []),
  ]
}

/** Traps that were to be laid and were not: what watches the voters was missing. */
const trapNotes = ({ manifest }: ExperimentResult, { name, metrics }: SettingResult): readonly string[] => {
  const traps = metrics.find((metric) => metric.name === "traps")?.value.mean
  const chance = parameterOf(manifest, name, "ForcedErrorRegistry.forcedErrorProbability")
  if (traps !== 0 || chance === undefined || chance.value === 0n) return []
  const jackpot = parameterOf(manifest, name, "ForcedErrorRegistry.jackpotAmount")
  const pool = moneyOf(manifest, name, "jackpotPoolWei")
  const unpayable = jackpot !== undefined && pool !== undefined && jackpot.value > pool
  const why = unpayable
    ? `: the jackpot of ${jackpot.text} is above the pool of ${parameterDisplay(pool, "wei")}, which could not pay it`
    : ""
  return [
    `No trap was laid in ${name}, though each task was to have one with a probability of ${chance.text}${why}. Nothing there watched who approves blindly.`,
  ]
}

const parameterOf = ({ settings, parameters }: Manifest, setting: string, name: string) => {
  const record = parameters.find((each) => each.name === name)
  const value = settings
    .find((each) => each.name === setting)
    ?.parameters.find((each) => each.name === name)?.value
  if (record === undefined || value === undefined || value === null) return undefined
  return { value: BigInt(value), text: parameterDisplay(BigInt(value), record.unit) }
}

const moneyOf = ({ inputs }: Manifest, setting: string, key: string): bigint | undefined => {
  const scenario = inputs.settings.find(({ name }) => name === setting)?.scenario
  const money = isRecord(scenario) ? scenario["money"] : undefined
  const text = isRecord(money) ? money[key] : undefined
  return typeof text === "string" && /^\d+$/.test(text) ? BigInt(text) : undefined
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null

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
  // Who settles at the end means the run to last until then.
  if ("settleAt" in scenario && scenario.settleAt === "end") return null
  return typeof scenario.limitSeconds === "number" ? scenario.limitSeconds : null
}

const roundsText = ({ metrics }: SettingResult): string => {
  const mean = metrics.find(({ name }) => name === "rounds")?.value.mean ?? null
  return mean === null ? "" : ` (${Math.round(mean * 10) / 10} on average)`
}
