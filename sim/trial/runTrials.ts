/** All trials: each searched where that is asked for, then judged with its rule off and on. */
import type { Variant } from "../scenario/loadScenario.ts"
import type { Scenario } from "../scenario/scenario.ts"
import { looksAt } from "../results/sequential.ts"
import { foundFolder, readFound, writeFound } from "./foundFile.ts"
import { judgeAttack } from "./judgeAttack.ts"
import type { Player } from "./player.ts"
import type { Rule, Trial } from "./readTrial.ts"
import { searchTrial } from "./searchTrial.ts"
import { LEAST_REPLICATES, SEARCH_RUNS, TRAINING_SEEDS } from "./seeds.ts"
import { alphaOf, trialTable, type ChosenSetting, type JudgedTrial, type TrialRow } from "./trialTable.ts"

export interface TrialsOptions {
  readonly trials: readonly Trial[]
  readonly player: Player
  readonly search: boolean
  /** Trials that are worked on at once: enough that no worker waits for another. */
  readonly atOnce: number
  /** Where findings are written, and read where a trial has none beside it. */
  readonly foundFolder: (trial: Trial) => string
  readonly firstSeed: number
  /** Of a verdict. */
  readonly mostReplicates: number
  readonly observer: TrialsObserver
}

/** Told what happens, for a progress line. */
export interface TrialsObserver {
  /** So many runs more are wanted. */
  readonly wanted: (runs: number) => void
  readonly searched: (trial: Trial) => void
  readonly judged: (trial: JudgedTrial) => void
}

/** Rejects with `Interrupted`; what was found by then is kept. */
export async function runTrials(options: TrialsOptions): Promise<readonly TrialRow[]> {
  const { trials, observer, search } = options
  const alpha = alphaOf(trials.length)
  const looks = looksAt(
    { least: Math.min(LEAST_REPLICATES, options.mostReplicates), most: options.mostReplicates },
    alpha,
  )
  if (search) observer.wanted(2 * SEARCH_RUNS * trials.length)
  const judged = await inTurns(trials, options.atOnce, async (trial, order): Promise<JudgedTrial> => {
    const chosen = search ? await searchBoth(trial, order, options) : keptSettings(trial, options)
    const verdict = (rule: Rule) =>
      judgeAttack({
        ...options,
        trial,
        scenario: playable(trial.scenario(rule, chosen[rule].setting)),
        alpha,
        looks,
        order,
        onWanted: observer.wanted,
      })
    const [off, on] = await Promise.all([verdict("off"), verdict("on")])
    const done = { trial, chosen, judged: { off, on } }
    observer.judged(done)
    return done
  })
  return trialTable(judged)
}

/** Works on so many at once, in their order: the next one begins when one is done. */
async function inTurns<A, B>(
  items: readonly A[],
  atOnce: number,
  work: (item: A, index: number) => Promise<B>,
): Promise<readonly B[]> {
  const results: B[] = []
  const left = items.entries()
  const lane = async () => {
    for (const [index, item] of left) results[index] = await work(item, index)
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, lane))
  return results
}

/** Settings that were chosen were played before. Throws for others. */
function playable(variant: Variant): Scenario {
  if (variant._tag === "scenario") return variant.scenario
  throw new Error(`a trial can't be played: ${variant.message}`)
}

type Chosen = JudgedTrial["chosen"]

async function searchBoth(
  trial: Trial,
  order: number,
  { player, ...options }: TrialsOptions,
): Promise<Chosen> {
  const [off, on] = await Promise.all([
    searchTrial(trial, "off", player, order),
    searchTrial(trial, "on", player, order),
  ])
  writeFound(trial, options.foundFolder(trial), { trainingSeeds: TRAINING_SEEDS, off, on })
  options.observer.searched(trial)
  const chosen = (found: typeof off): ChosenSetting => ({ setting: found.setting, source: "searched", found })
  return { off: chosen(off), on: chosen(on) }
}

/** What an earlier search found; a setting that the trial can't have any more is none. */
function keptSettings(trial: Trial, options: TrialsOptions): Chosen {
  const kept = readFound(trial, [foundFolder(trial), options.foundFolder(trial)])
  const chosen = (rule: Rule): ChosenSetting => {
    const found = kept._tag === "none" ? undefined : kept.found?.[rule]
    if (found === undefined || trial.scenario(rule, found.setting)._tag === "impossible") {
      return { setting: {}, source: kept._tag === "none" ? "not searched" : "stale", found: null }
    }
    return { setting: found.setting, source: kept._tag === "found" ? "searched" : "stale", found }
  }
  return { off: chosen("off"), on: chosen("on") }
}
