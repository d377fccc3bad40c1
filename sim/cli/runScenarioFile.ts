/** `autonet-sim run`: load, play, judge, write, print. */
import { existsSync, readFileSync } from "node:fs"
import { availableParallelism } from "node:os"
import { join } from "node:path"
import { Effect, Result } from "effect"
import { AuditFailed } from "../experiment/audit.ts"
import { DEFAULT_AUDIT_SHARE } from "../experiment/auditSample.ts"
import { inspectFolder, readRun, FolderRefused } from "../experiment/outputFolder.ts"
import type { ExperimentOptions } from "../experiment/experimentOptions.ts"
import { runExperiment } from "../experiment/runExperiment.ts"
import type { ExperimentResult } from "../results/experimentResult.ts"
import type { Manifest } from "../results/manifest.ts"
import { loadScenario, loadScenarioText } from "../scenario/loadScenario.ts"
import { didYouMean } from "../scenario/didYouMean.ts"
import type { ExperimentPlan } from "../scenario/plan.ts"
import type { RunCommand } from "./commandLine.ts"
import { engineChoice, type EngineChoice } from "./engineChoice.ts"
import { EXIT } from "./exitCodes.ts"
import { listenForInterruption } from "./interruption.ts"
import { printResult } from "./printResult.ts"
import { quietProgress, showProgress } from "./progress.ts"
import type { SimulatedWorld } from "./simulatedWorld.ts"
import { withFolder } from "./outputs.ts"
import { reproduceCommand, resumeCommand } from "./reproduce.ts"
import { isBareName, shippedNames, shippedScenario, shippedTrials } from "./shippedScenarios.ts"
import { styleFor } from "./terminal.ts"
import { usableCache } from "./usableCache.ts"
import { UsageError } from "./usageError.ts"

/** What is asked for, from the command line or from the manifest of an experiment to resume. */
interface Request {
  readonly plan: ExperimentPlan
  readonly folder: string
  readonly source: ExperimentOptions["source"]
  readonly trace: boolean
  readonly engine: EngineChoice
}

export async function runScenarioFile(command: RunCommand, world: SimulatedWorld): Promise<number> {
  const request = await (command.resume === undefined
    ? fromFile(command, world)
    : fromFolder(command, command.resume, world))
  return withFolder(request.folder, () => play(request, command, world))
}

async function play(
  { plan, folder, source, trace, engine }: Request,
  command: RunCommand,
  world: SimulatedWorld,
): Promise<number> {
  const progress = command.quiet ? quietProgress() : showProgress(process.stderr)
  const interruption = listenForInterruption()
  try {
    const outcome = await runExperiment({
      plan,
      folder,
      source,
      // A folder that somebody named is meant; the one by default may hold what nobody meant to lose.
      keepOther: command.out === undefined,
      derivedFiles: async () => (await import("../../reports/reportFiles.ts")).reportFiles,
      runModule: world.runModule,
      workers: command.workers ?? availableParallelism(),
      watchdogSeconds: command.watchdogSeconds,
      trace,
      check: command.check,
      ...engine,
      resume: command.resume !== undefined,
      cacheDirectory: command.cache ? usableCache(process.env) : undefined,
      signal: interruption.signal,
      observer: progress,
      command: reproduceCommand(source, unusual(engine, world)),
    })
    progress.end()
    if (outcome.result === undefined) {
      if (!outcome.begun) {
        process.stderr.write(`interrupted before the first run; ${folder} is as it was\n`)
        return EXIT.interrupted
      }
      const kept = `interrupted: ${outcome.finished} of ${outcome.planned} runs are finished and kept in ${folder}`
      process.stderr.write(`${kept}\ncontinue with: ${resumeCommand(folder)}\n`)
      return EXIT.interrupted
    }
    const { writeReport } = await import("../../reports/writeReport.ts")
    const report = await writeReport(folder, outcome.result, runsOf(folder, outcome.result))
    for (const { setting, seed, first, second } of outcome.mismatches) {
      process.stderr.write(`not reproducible: ${setting} seed ${seed}: digest ${first}, then ${second}\n`)
    }
    if (command.json) process.stdout.write(`${JSON.stringify(outcome.result)}\n`)
    else {
      const style = styleFor(process.stdout, process.env)
      const checked = command.check && outcome.mismatches.length === 0
      process.stdout.write(printResult(outcome.result, { folder, report: report.htmlPath, checked }, style))
    }
    return exitCode(outcome.result, outcome.mismatches.length > 0)
  } catch (error) {
    if (!(error instanceof AuditFailed)) throw error
    progress.end()
    process.stderr.write(`${error.message}\n`)
    return EXIT.internal
  } finally {
    progress.end()
    interruption.stop()
  }
}

/** What of the choice has to be said to get it again. */
function unusual({ engine, audit }: EngineChoice, { engines }: SimulatedWorld) {
  const isUsualShare = audit === undefined || audit.share === DEFAULT_AUDIT_SHARE
  return {
    engine: engine === engines.default ? undefined : engine,
    auditShare: isUsualShare ? undefined : audit.share,
  }
}

function exitCode({ verdict, failures }: ExperimentResult, irreproducible: boolean): number {
  const faults = failures.filter(({ reason }) => reason !== "input")
  if (failures.length > 0 && faults.length === 0 && !irreproducible) return EXIT.badInput
  return failures.length > 0 || irreproducible ? EXIT.internal : EXIT[verdict]
}

async function fromFile(command: RunCommand, { registries, engines }: SimulatedWorld): Promise<Request> {
  const engine = engineChoice(command, engines, undefined)
  const { set, seed, replicates, contracts } = command
  const rulesOff = [...new Set(command.rulesOff)]
  const file = resolveFile(command.file ?? "")
  const plan = await loaded(loadScenario(file, { registries, set, seed, replicates, contracts, rulesOff }))
  return {
    plan,
    folder: command.out ?? join("out", plan.base.name),
    trace: command.trace,
    engine,
    source: {
      scenarioFile: command.file ?? file,
      scenarioText: readFileSync(file, "utf8"),
      set: [...set],
      seed: seed ?? null,
      replicates: replicates ?? null,
      contracts: contracts ?? null,
      rulesOff,
    },
  }
}

/** A resumed experiment has its scenario, changes and options from its manifest; flags that say otherwise are refused. */
async function fromFolder(
  command: RunCommand,
  folder: string,
  { registries, engines }: SimulatedWorld,
): Promise<Request> {
  const manifest = manifestIn(folder, "--resume")
  const engine = engineChoice(command, engines, manifest)
  const { scenarioFile, scenarioText, set, seed, replicates, contracts, rulesOff, trace } = manifest
  const text = command.file === undefined ? scenarioText : readFileSync(resolveFile(command.file), "utf8")
  const plan = await loaded(
    loadScenarioText(scenarioFile, text, {
      registries,
      set: [...set, ...command.set],
      seed: command.seed ?? seed ?? undefined,
      replicates: command.replicates ?? replicates ?? undefined,
      contracts: command.contracts ?? contracts ?? undefined,
      rulesOff: [...new Set([...rulesOff, ...command.rulesOff])],
    }),
  )
  return {
    plan,
    folder,
    trace: trace || command.trace,
    engine,
    source: { scenarioFile, scenarioText, set, seed, replicates, contracts, rulesOff },
  }
}

/** Of the experiment in a folder; `flag` names what wanted it, in errors. */
export function manifestIn(folder: string, flag: string): Manifest {
  const state = inspectFolder(folder)
  if (state._tag === "experiment") return state.manifest
  const found = state._tag === "free" ? "nothing" : state.found
  throw new FolderRefused({
    folder,
    message: `${flag}: expected the folder of an experiment, found ${found} in ${folder}`,
  })
}

/** A path, or the bare name of a shipped scenario where no file is called so. */
function resolveFile(name: string): string {
  if (existsSync(name)) return name
  const shipped = shippedScenario(name)
  if (shipped !== undefined || !isBareName(name)) return shipped ?? name
  const hint = didYouMean(name, [...shippedNames(), ...shippedTrials()])
  const message = `expected a scenario file, or the name of one that ships, found ${name}${hint}; autonet-sim scenarios lists the names`
  throw new UsageError(message)
}

export async function loaded<A, E>(effect: Effect.Effect<A, E>): Promise<A> {
  const result = await Effect.runPromise(Effect.result(effect))
  if (Result.isFailure(result)) throw result.failure
  return result.success
}

function runsOf(folder: string, { settings }: ExperimentResult) {
  return settings.flatMap(({ name, runs }) =>
    runs.map(({ seed }) => readRun(folder, { setting: name, seed })),
  )
}
