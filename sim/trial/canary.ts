/**
 * A canary for the search: does it notice that a rule of the contracts is missing, without being told which?
 *
 * For each mutant, the attackers and options of all trials are searched on the contracts without the rule. An option is
 * worth what the attack gains there, but no more than what it falls short of the margin on the complete contracts on the
 * same seed: an attack that succeeds anyway shows nothing. The best are judged on fresh seeds on both.
 */
import { canonicalJson } from "../kernel/canonicalJson.ts"
import { deriveStream } from "../kernel/randomStream.ts"
import { looksAt } from "../results/sequential.ts"
import type { Variant } from "../scenario/loadScenario.ts"
import { designOfSettings } from "../search/designOfSettings.ts"
import { successiveHalving, type Rung } from "../search/successiveHalving.ts"
import { judgeAttack, type JudgedAttack } from "./judgeAttack.ts"
import { isFailed, type Player } from "./player.ts"
import type { AttackSetting, Trial } from "./readTrial.ts"
import { scoreOf } from "./searchTrial.ts"
import { FAMILYWISE_ERROR, LEAST_REPLICATES, MOST_REPLICATES_OF_CANARY, TRAINING_SEEDS } from "./seeds.ts"

/** Settings of each trial on the first rung: the file's own, and these many less one spread over its factors. */
export const SETTINGS_PER_TRIAL = 8

/** Behind the first rung, in which all settings of all trials are played once. */
const LATER_RUNGS: readonly Rung[] = [
  { keep: 32, seeds: TRAINING_SEEDS.slice(1, 3) },
  { keep: 8, seeds: TRAINING_SEEDS.slice(3, 7) },
]

/** Finalists that are judged on fresh seeds, the best first, until one shows the exploit. */
export const CANDIDATES = 3

export interface CanaryOptions {
  readonly trials: readonly Trial[]
  /** Names of rules of the built-in contracts, each missing once. */
  readonly mutants: readonly string[]
  readonly player: Player
  readonly firstSeed: number
  /** A mutant is done. */
  readonly onMutant: (row: CanaryRow) => void
}

export interface Candidate {
  readonly trial: Trial
  readonly setting: AttackSetting
  /** In margins of its trial, mean over training seeds. */
  readonly score: number
  readonly mutated: JudgedAttack
  readonly complete: JudgedAttack
}

export interface CanaryRow {
  readonly mutant: string
  /** The first candidate that succeeds without the rule and does not with it. */
  readonly exploit: Candidate | null
  /** Those that were judged, with the exploit. */
  readonly candidates: readonly Candidate[]
  /** Runs of the search, those on complete contracts not counted. */
  readonly runs: number
}

interface Option {
  readonly trial: Trial
  readonly order: number
  readonly setting: AttackSetting
}

/** One mutant after the other. Rejects with `Interrupted`. */
export async function runCanary(options: CanaryOptions): Promise<readonly CanaryRow[]> {
  const settings = options.trials.flatMap((trial, order) =>
    settingsOf(trial).map((setting): Option => ({ trial, order, setting })),
  )
  const complete = completeScores(options.player)
  const rows: CanaryRow[] = []
  for (const mutant of options.mutants) {
    const row = await searchMutant(mutant, settings, complete, options)
    options.onMutant(row)
    rows.push(row)
  }
  return rows
}

function settingsOf({ name, trial }: Trial): readonly AttackSetting[] {
  const stream = deriveStream(name, "settings of the canary")
  return [{}, ...designOfSettings(trial.factors, SETTINGS_PER_TRIAL - 1, stream)]
}

type Score = (option: Option, seed: number) => Promise<number | null>

/** What an option gains on the complete contracts: played once for all mutants. */
function completeScores(player: Player): Score {
  const scores = new Map<string, Promise<number | null>>()
  return (option, seed) => {
    const { trial, setting } = option
    const key = `${trial.name} ${seed} ${canonicalJson(setting)}`
    const known = scores.get(key)
    if (known !== undefined) return known
    const score = scoreOn(trial.scenario("on", setting), option, seed, player)
    scores.set(key, score)
    return score
  }
}

async function scoreOn(
  variant: Variant,
  { trial, order }: Option,
  seed: number,
  player: Player,
): Promise<number | null> {
  if (variant._tag === "impossible") return null
  const run = await player.play(variant.scenario, seed, order)
  return isFailed(run) ? null : scoreOf(trial.trial, run)
}

async function searchMutant(
  mutant: string,
  settings: readonly Option[],
  complete: Score,
  options: CanaryOptions,
): Promise<CanaryRow> {
  const first = { keep: settings.length, seeds: TRAINING_SEEDS.slice(0, 1) }
  const report = await successiveHalving(settings, [first, ...LATER_RUNGS], async (option, seed) => {
    const { trial, setting } = option
    const [without, withAll] = await Promise.all([
      scoreOn(trial.without(mutant, setting), option, seed, options.player),
      complete(option, seed),
    ])
    if (without === null || withAll === null) return null
    const { margin } = trial.trial
    return Math.min(without, margin - withAll) / margin
  })
  const candidates: Candidate[] = []
  for (const { setting: option, score } of report.finalists.slice(0, CANDIDATES)) {
    if (score === null || score <= 0) break // The others are worse.
    const candidate = await judgeCandidate(mutant, option, score, options)
    candidates.push(candidate)
    if (isExploit(candidate)) return { mutant, exploit: candidate, candidates, runs: report.runs }
  }
  return { mutant, exploit: null, candidates, runs: report.runs }
}

async function judgeCandidate(
  mutant: string,
  { trial, setting, order }: Option,
  score: number,
  { player, firstSeed, mutants }: CanaryOptions,
): Promise<Candidate> {
  const alpha = FAMILYWISE_ERROR / (2 * CANDIDATES * mutants.length)
  const looks = looksAt({ least: LEAST_REPLICATES, most: MOST_REPLICATES_OF_CANARY }, alpha)
  const judged = (variant: Variant) => {
    if (variant._tag === "impossible") throw new Error(`${trial.name} can't be played: ${variant.message}`)
    const { scenario } = variant
    return judgeAttack({ trial, scenario, player, firstSeed, alpha, looks, order, onWanted: () => undefined })
  }
  const [mutated, complete] = await Promise.all([
    judged(trial.without(mutant, setting)),
    judged(trial.scenario("on", setting)),
  ])
  return { trial, setting, score, mutated, complete }
}

/** It holds without the rule, and is refuted with all rules: undecided is not enough. */
const isExploit = ({ mutated, complete }: Candidate): boolean =>
  mutated.judgement.verdict === "holds" &&
  (complete.judgement.verdict === "fails" || complete.judgement.verdict === "negligible")

/** Runs that this many mutants may take, where the first candidate of each is decided at its first look. */
export function mostRuns(trials: number, mutants: number): number {
  const first = trials * SETTINGS_PER_TRIAL
  const later = LATER_RUNGS.reduce((sum, { keep, seeds }) => sum + Math.min(keep, first) * seeds.length, 0)
  return first + mutants * (first + 2 * later + 4 * LEAST_REPLICATES)
}

/** Rules that some trial switches off by itself: the mutants whose exploit is known, in the order of their names. */
export function knownMutants(trials: readonly Trial[]): readonly string[] {
  const names = trials.flatMap(({ trial: { off } }) => {
    const [[path, rules] = [], ...others] = Object.entries(off)
    const alone =
      path === "contracts.rulesOff" && others.length === 0 && Array.isArray(rules) && rules.length === 1
    return alone ? [String(rules[0])] : []
  })
  return [...new Set(names)].sort()
}
