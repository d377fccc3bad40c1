/** `autonet-sim trial --canary`: does the search find the exploits of contracts that lack a rule? */
import { join } from "node:path"
import { writeAtomically } from "../experiment/atomicFile.ts"
import { formatCount } from "../results/format.ts"
import type { Variant } from "../scenario/loadScenario.ts"
import type { RuleEntry } from "../scenario/registries.ts"
import type { Scenario } from "../scenario/scenario.ts"
import {
  CANDIDATES,
  knownMutants,
  mostRuns,
  runCanary,
  SETTINGS_PER_TRIAL,
  type CanaryRow,
} from "../trial/canary.ts"
import { TRAINING_SEEDS } from "../trial/seeds.ts"
import type { TrialCommand } from "./commandLine.ts"
import { EXIT } from "./exitCodes.ts"
import { matchingAny } from "./matching.ts"
import { programCommand } from "./reproduce.ts"
import { isInClone, trialsFolder } from "./shippedScenarios.ts"
import type { SimulatedWorld } from "./simulatedWorld.ts"
import { alignRows, styleFor } from "./terminal.ts"
import { settingText } from "./trialCommands.ts"
import { trialsFrom } from "./trialFiles.ts"
import { quietTrialProgress, showTrialProgress } from "./trialProgress.ts"
import { UsageError } from "./usageError.ts"
import { withPlayer } from "./withPlayer.ts"

/** Exit code 0 where every exploit was found, else 1. */
export async function runCanaryFiles(
  command: TrialCommand,
  world: SimulatedWorld,
  firstSeed: number,
): Promise<number> {
  const trials = await trialsFrom(command.files, [], world.registries)
  const mutants = mutantsFor(knownMutants(trials), command.only, world.registries.rules ?? [])
  const runs = mostRuns(trials.length, mutants.length)
  const progress = command.quiet
    ? quietTrialProgress()
    : showTrialProgress(process.stderr, { count: mutants.length, what: "mutant", runs })
  let played = 0
  return withPlayer(command, world, {
    scenarios: [
      ...trials.flatMap((trial) => playable([trial.scenario("on", {})])),
      ...mutants.flatMap((mutant) => playable(trials.map(({ without }) => without(mutant, {})))),
    ],
    progress: {
      ...progress,
      played: () => {
        played += 1
        progress.played()
      },
    },
    onInterrupted: () => "",
    work: async (player) => {
      const rows = await runCanary({
        trials,
        mutants,
        player,
        firstSeed,
        onMutant: ({ mutant, exploit }) => {
          progress.done(`${mutant}: ${exploit === null ? "nothing found" : exploit.trial.name}`)
        },
      })
      progress.end()
      const document = canaryDocument(rows, trials.length, played, firstSeed, command)
      for (const folder of foldersFor(command)) {
        writeAtomically(join(folder, "canary.json"), `${JSON.stringify(document, null, 2)}\n`)
      }
      process.stdout.write(command.json ? `${JSON.stringify(document)}\n` : printCanary(rows, command.out))
      return rows.every(({ exploit }) => exploit !== null) ? EXIT.holds : EXIT.fails
    },
  })
}

/** The canary of all trials that ship is evidence, which a clone keeps beside what searches have found. */
const foldersFor = ({ files, only, out }: TrialCommand): readonly string[] =>
  isInClone && files.length === 0 && only.length === 0 ? [out, join(trialsFolder, "found")] : [out]

/** Scenarios of variants that can be. */
export const playable = (variants: readonly Variant[]): readonly Scenario[] =>
  variants.flatMap((variant) => (variant._tag === "scenario" ? [variant.scenario] : []))

/** Throws `UsageError` where there are none. */
function mutantsFor(known: readonly string[], only: readonly string[], rules: readonly RuleEntry[]) {
  if (known.length === 0)
    throw new UsageError("expected trials that switch off a rule of the contracts, found none")
  const ruleOf = new Map(rules.map(({ name, rule }) => [name, rule]))
  const named = known.map((name) => ({ name, description: ruleOf.get(name) ?? "" }))
  return matchingAny(named, only, "mutant").map(({ name }) => name)
}

function canaryDocument(
  rows: readonly CanaryRow[],
  trials: number,
  played: number,
  firstFreshSeed: number,
  { only }: TrialCommand,
) {
  return {
    version: 1,
    command: `${programCommand} trial --canary${only.map((pattern) => ` --only ${pattern}`).join("")}`,
    trials,
    settingsPerTrial: SETTINGS_PER_TRIAL,
    trainingSeeds: TRAINING_SEEDS,
    candidatesPerMutant: CANDIDATES,
    firstFreshSeed,
    runs: played,
    found: rows.filter(({ exploit }) => exploit !== null).length,
    mutants: rows.map(({ mutant, exploit, candidates, runs }) => ({
      mutant,
      searchRuns: runs,
      exploit:
        exploit === null
          ? null
          : {
              trial: exploit.trial.name,
              setting: exploit.setting,
              success: exploit.trial.trial.success.statement,
              trainingScore: exploit.score,
              without: verdictOf(exploit.mutated),
              with: verdictOf(exploit.complete),
            },
      candidates: candidates.map(({ trial, mutated, complete }) => ({
        trial: trial.name,
        without: verdictOf(mutated),
        with: verdictOf(complete),
      })),
    })),
  }
}

type Judged = CanaryRow["candidates"][number]["mutated"]

const verdictOf = ({ judgement: { verdict, effect, p }, replicates }: Judged) => ({
  verdict,
  effect,
  p,
  replicates,
})

function printCanary(rows: readonly CanaryRow[], folder: string): string {
  const style = styleFor(process.stdout, process.env)
  const head = ["rule missing", "attack that the search found", "replicates", "its options"]
  const lines = alignRows(
    [
      head,
      ...rows.map(({ mutant, exploit }) =>
        exploit === null
          ? [mutant, "NOTHING", "", ""]
          : [
              mutant,
              exploit.trial.name,
              `${exploit.mutated.replicates} + ${exploit.complete.replicates}`,
              settingText(exploit.setting),
            ],
      ),
    ],
    ["left", "left", "right", "left"],
  )
  const found = rows.filter(({ exploit }) => exploit !== null).length
  const summary = `the search found the exploit of ${found} of ${formatCount(rows.length, "mutant")}, without being told which rule was missing`
  const control =
    "each succeeds on fresh seeds without the rule, and is refuted on the same seeds with all rules"
  const body = lines.map((line) => line.replace("NOTHING", style.bad("NOTHING")))
  return `${[...body, "", style.strong(summary), control, `${folder}/canary.json`].join("\n")}\n`
}
