/** `autonet-sim trial`: read, search, judge, print. */
import { availableParallelism } from "node:os"
import { join } from "node:path"
import { defaultCacheDirectory } from "../cache/cacheFolder.ts"
import { writeAtomically } from "../experiment/atomicFile.ts"
import type { Scenario } from "../scenario/scenario.ts"
import { foundFolder } from "../trial/foundFile.ts"
import { Interrupted, openPlayer, type Player } from "../trial/player.ts"
import type { Trial } from "../trial/readTrial.ts"
import { runTrials } from "../trial/runTrials.ts"
import {
  FIRST_FRESH_SEED,
  LEAST_REPLICATES,
  MOST_REPLICATES,
  SEARCH_RUNS,
  TRAINING_SEEDS,
} from "../trial/seeds.ts"
import type { TrialCommand } from "./commandLine.ts"
import { EXIT } from "./exitCodes.ts"
import { listenForInterruption } from "./interruption.ts"
import { markTrials } from "./markTrials.ts"
import { printTrials } from "./printTrials.ts"
import type { SimulatedWorld } from "./simulatedWorld.ts"
import { styleFor } from "./terminal.ts"
import { trialDocument, trialExitCode, type TrialsDocument } from "./trialDocument.ts"
import { trialsFrom } from "./trialFiles.ts"
import { quietTrialProgress, showTrialProgress } from "./trialProgress.ts"
import { UsageError } from "./usageError.ts"

export async function runTrialFiles(command: TrialCommand, world: SimulatedWorld): Promise<number> {
  const firstSeed = freshSeed(command)
  const trials = await trialsFrom(command.files, command.only, world.registries)
  const replicates = command.replicates ?? MOST_REPLICATES
  const perTrial = 2 * Math.min(LEAST_REPLICATES, replicates) + (command.search ? 2 * SEARCH_RUNS : 0)
  const progress = command.quiet
    ? quietTrialProgress()
    : showTrialProgress(process.stderr, { trials: trials.length, runs: perTrial * trials.length })
  const interruption = listenForInterruption()
  const workers = command.workers ?? availableParallelism()
  let player: Player | undefined
  try {
    player = await openPlayer({
      runModule: world.runModule,
      scenarios: scenariosOf(trials),
      engine: world.engines.default,
      workers,
      watchdogSeconds: command.watchdogSeconds,
      cacheDirectory: command.cache ? defaultCacheDirectory(process.env) : undefined,
      signal: interruption.signal,
      onPlayed: progress.played,
    })
    const rows = await runTrials({
      trials,
      player,
      search: command.search,
      atOnce: Math.max(4, Math.ceil(workers / 4)),
      foundFolder: (trial) => writableFoundFolder(trial, command.out),
      firstSeed,
      mostReplicates: replicates,
      observer: progress,
    })
    progress.end()
    const document = trialDocument(rows, firstSeed)
    report(document, command)
    return trialExitCode(document)
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error
    progress.end()
    const kept = command.search ? "; what was found by searches that had ended is kept" : ""
    process.stderr.write(`${error.message}${kept}\n`)
    return EXIT.interrupted
  } finally {
    progress.end()
    interruption.stop()
    await player?.close()
  }
}

/** Throws `UsageError` for seeds on which options are chosen: those that did well there by chance would do well again. */
function freshSeed({ seed, replicates = MOST_REPLICATES }: TrialCommand): number {
  const first = seed ?? FIRST_FRESH_SEED
  const [low, high] = [TRAINING_SEEDS[0]!, TRAINING_SEEDS.at(-1)!]
  if (first > high || first + replicates <= low) return first
  throw new UsageError(
    `--seed: expected fresh seeds, found some of those on which options are chosen (${low} to ${high})`,
  )
}

/** With all contracts that will be played on. */
const scenariosOf = (trials: readonly Trial[]): readonly Scenario[] =>
  trials.flatMap((trial) =>
    (["on", "off"] as const).flatMap((rule) => {
      const variant = trial.scenario(rule, {})
      return variant._tag === "scenario" ? [variant.scenario] : []
    }),
  )

// TypeScript is run as it is in a clone; an installed package is not to be written to.
const IN_CLONE = import.meta.url.endsWith(".ts")

/** Beside the trial; in an installed package, where the results are. */
const writableFoundFolder = (trial: Trial, out: string): string =>
  IN_CLONE || !trial.file.includes("node_modules") ? foundFolder(trial) : join(out, "found")

function report(document: TrialsDocument, { out, json }: TrialCommand): void {
  writeAtomically(join(out, "trials.json"), `${JSON.stringify(document, null, 1)}\n`)
  writeAtomically(join(out, "trials.md"), markTrials(document, out))
  if (json) {
    process.stdout.write(`${JSON.stringify(document)}\n`)
    return
  }
  const { isTTY, columns } = process.stdout
  const page = {
    columns: isTTY ? (columns ?? 80) : undefined,
    folder: out,
    style: styleFor(process.stdout, process.env),
  }
  process.stdout.write(printTrials(document, page))
}
