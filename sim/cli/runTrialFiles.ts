/** `autonet-sim trial`: read, search, judge, print. */
import { join } from "node:path"
import { writeAtomically } from "../experiment/atomicFile.ts"
import { reserveOutputFolder } from "../experiment/claimFolder.ts"
import { foundFolder } from "../trial/foundFile.ts"
import type { Trial } from "../trial/readTrial.ts"
import { runTrials } from "../trial/runTrials.ts"
import { formatCount } from "../results/format.ts"
import { trialTable, type JudgedTrial, type TrialRow } from "../trial/trialTable.ts"
import {
  FIRST_FRESH_SEED,
  LEAST_REPLICATES,
  MOST_REPLICATES,
  SEARCH_RUNS,
  TRAINING_SEEDS,
} from "../trial/seeds.ts"
import type { TrialCommand } from "./commandLine.ts"
import { markTrials } from "./markTrials.ts"
import { printTrials } from "./printTrials.ts"
import { playable, runCanaryFiles } from "./runCanaryFiles.ts"
import { isInClone, shippedScenario } from "./shippedScenarios.ts"
import type { SimulatedWorld } from "./simulatedWorld.ts"
import { styleFor } from "./terminal.ts"
import { trialDocument, trialExitCode, type TrialsDocument } from "./trialDocument.ts"
import { trialsFrom } from "./trialFiles.ts"
import { observerOf, quietTrialProgress, showTrialProgress } from "./trialProgress.ts"
import { UsageError } from "./usageError.ts"
import { withPlayer, workersOf } from "./withPlayer.ts"

export async function runTrialFiles(command: TrialCommand, world: SimulatedWorld): Promise<number> {
  const firstSeed = freshSeed(command)
  // Results are written at the end: a folder that can't take them is refused before anything is played.
  const { release } = reserveOutputFolder(command.out)
  try {
    return await (command.canary ? runCanaryFiles : judgeTrialFiles)(command, world, firstSeed)
  } finally {
    release()
  }
}

async function judgeTrialFiles(
  command: TrialCommand,
  world: SimulatedWorld,
  firstSeed: number,
): Promise<number> {
  const trials = await trialsFrom(command.files, command.only, world.registries)
  const replicates = command.replicates ?? MOST_REPLICATES
  const perTrial = 2 * Math.min(LEAST_REPLICATES, replicates) + (command.search ? 2 * SEARCH_RUNS : 0)
  const progress = command.quiet
    ? quietTrialProgress()
    : showTrialProgress(process.stderr, {
        count: trials.length,
        what: "trial",
        runs: perTrial * trials.length,
      })
  const judged: JudgedTrial[] = []
  const tell = (rows: readonly TrialRow[]): number => {
    progress.end()
    const document = trialDocument(rows, { asked: trials.length, firstFreshSeed: firstSeed })
    report(document, command)
    return trialExitCode(document)
  }
  return withPlayer(command, world, {
    scenarios: trials.flatMap((trial) => playable([trial.scenario("on", {}), trial.scenario("off", {})])),
    progress,
    onInterrupted: () => {
      const order = ({ trial }: JudgedTrial) => trials.indexOf(trial)
      judged.sort((a, b) => order(a) - order(b))
      if (judged.length > 0) tell(trialTable(judged, trials.length))
      const verdicts = `${judged.length} of ${formatCount(trials.length, "trial")} judged`
      return command.search ? `${verdicts}; what searches that had ended have found is kept` : verdicts
    },
    work: async (player) => {
      const rows = await runTrials({
        trials,
        player,
        search: command.search,
        atOnce: Math.max(4, Math.ceil(workersOf(command) / 4)),
        foundFolder: (trial) => writableFoundFolder(trial, command.out),
        firstSeed,
        mostReplicates: replicates,
        observer: observerOf(progress, (trial) => judged.push(trial)),
      })
      return tell(rows)
    },
  })
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

/** Beside the trial; where the results are for one that ships in an installed package, which is not to be written to. */
const writableFoundFolder = (trial: Trial, out: string): string =>
  isInClone || shippedScenario(trial.name) !== trial.file ? foundFolder(trial) : join(out, "found")

function report(document: TrialsDocument, { out, json }: TrialCommand): void {
  writeAtomically(join(out, "trials.json"), `${JSON.stringify(document, null, 1)}\n`)
  writeAtomically(join(out, "trials.md"), markTrials(document))
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
