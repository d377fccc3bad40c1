/** `autonet-sim replay`: one run of an experiment again, as a story in words. */
import { existsSync, statSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { programKey } from "../cache/memoStores.ts"
import { runIdentity } from "../experiment/identity.ts"
import { manifestOf } from "../experiment/manifestOf.ts"
import { openFolder } from "../experiment/openFolder.ts"
import { finishedRuns, MANIFEST_FILE, readRun, resultFile, runKey } from "../experiment/outputFolder.ts"
import { prepareAside } from "../experiment/prepareAside.ts"
import { tellRun, type Told } from "../experiment/tellRun.ts"
import { roleOf } from "../scenario/problems.ts"
import { didYouMean } from "../scenario/didYouMean.ts"
import { loadScenarioText } from "../scenario/loadScenario.ts"
import { settingsOf } from "../scenario/plan.ts"
import type { Scenario } from "../scenario/scenario.ts"
import type { Entry } from "../story/story.ts"
import type { ReplayCommand } from "./commandLine.ts"
import { EXIT } from "./exitCodes.ts"
import { listenForInterruption } from "./interruption.ts"
import { loaded, manifestIn } from "./runScenarioFile.ts"
import { usableCache } from "./usableCache.ts"
import { outcomeTable, storyHeader, StoryPrinter } from "./printStory.ts"
import type { SimulatedWorld } from "./simulatedWorld.ts"
import { styleFor } from "./terminal.ts"
import { UsageError } from "./usageError.ts"

export async function replayRun(command: ReplayCommand, world: SimulatedWorld): Promise<number> {
  const interruption = listenForInterruption()
  try {
    return await play(command, world, interruption.signal)
  } finally {
    interruption.stop()
  }
}

async function play(command: ReplayCommand, { registries, runModule }: SimulatedWorld, signal: AbortSignal) {
  const { folder, ...named } = placeOf(command)
  const manifest = manifestIn(folder, "replay")
  const { scenarioFile, scenarioText, set, contracts, rulesOff, trace } = manifest
  const [seedAsked, replicates] = [manifest.seed ?? undefined, manifest.replicates ?? undefined]
  const options = {
    registries,
    set,
    seed: seedAsked,
    replicates,
    contracts: contracts ?? undefined,
    rulesOff,
  }
  const plan = await loaded(loadScenarioText(scenarioFile, scenarioText, options))
  const setting = chosen("setting", named.setting ?? "base", settingsOf(plan), ({ name }) => name)
  const seeds = manifest.inputs.seeds
  const seed = chosen("seed", named.seed ?? seeds[0] ?? 0, seeds, (each) => each)
  const isMine = concerning(command.agent, setting.scenario)

  const engine = manifest.engine.name
  const cacheDirectory = usableCache(process.env)
  const scenarios = settingsOf(plan).map(({ scenario }) => scenario)
  const prepared = await prepareAside(runModule, { cacheDirectory, scenarios, engines: [engine] }, signal)
  if (prepared === undefined) return EXIT.interrupted
  const now = manifestOf(plan, prepared, { trace, source: manifest, engine, audit: undefined })
  // As for a resume: other inputs would tell the story of another run.
  openFolder(folder, now, true)

  const style = styleFor(process.stdout, process.env)
  const first = finishedRuns(folder).get(runKey({ setting: setting.name, seed }))
  print(style.strong(`${manifest.scenarioFile}, setting ${setting.name}, seed ${seed}`))
  print(style.faint(untold(command)))
  print("")
  print(storyHeader(style))
  const printer = new StoryPrinter({ style, print, isShown: isMine.entry })
  const told = await tellRun({
    runModule,
    artifacts: prepared.artifacts,
    cache:
      cacheDirectory === undefined
        ? undefined
        : { directory: cacheDirectory, program: programKey(now.inputs) },
    job: {
      setting: setting.name,
      scenario: setting.scenario,
      seed,
      engine,
      identity: runIdentity(now.inputs, setting, seed),
      resultFile: null,
      traceFile: null,
    },
    untilSeconds: command.untilSeconds,
    watchdogSeconds: command.watchdogSeconds,
    signal,
    onEntries: (entries) => printer.take(entries),
  })
  printer.end()
  print("")
  if (signal.aborted) return EXIT.interrupted
  const { line, code } = ending(told, first?.digest)
  if (told._tag === "ended" && first !== undefined) {
    const result = readRun(folder, { setting: setting.name, seed })
    for (const row of outcomeTable(result, isMine.agent, style)) print(row)
    print("")
  }
  print(code === EXIT.holds ? line : style.bad(line))
  return code
}

function untold({ agent, untilSeconds }: ReplayCommand): string {
  const who = agent === undefined ? "everybody" : `what concerns ${agent}`
  const until = untilSeconds === undefined ? "the whole run" : `the first ${untilSeconds} s`
  return `${who}, ${until}; times are virtual, since the run began`
}

function ending(told: Told, first: string | undefined): { readonly line: string; readonly code: number } {
  switch (told._tag) {
    case "stopped":
      return { line: "stopped here, as asked; the digest was not compared", code: EXIT.holds }
    case "failed":
      return { line: `the run failed: ${told.message}`, code: EXIT.internal }
    case "ended":
      if (first === undefined) {
        const line = `the run ended, digest ${told.digest}; the experiment has no result of it to compare with`
        return { line, code: EXIT.holds }
      }
      return first === told.digest
        ? { line: `the run ended as the first time: digest ${first}`, code: EXIT.holds }
        : {
            line: `not reproducible: digest ${first} the first time, now ${told.digest}`,
            code: EXIT.internal,
          }
  }
}

const print = (line: string): void => void process.stdout.write(`${line}\n`)

interface Place {
  readonly folder: string
  readonly setting: string | undefined
  readonly seed: number | undefined
}

const RESULT = /^([a-z0-9-]+)-(\d+)\.(json|trace\.jsonl\.gz)$/

/** The experiment's folder, and which run of it, by the name of the file where one is given. */
function placeOf({ run, setting, seed }: ReplayCommand): Place {
  const isFolder = statSync(run, { throwIfNoEntry: false })?.isDirectory() === true
  if (isFolder && existsSync(join(run, MANIFEST_FILE))) return { folder: run, setting, seed }
  const [, name, number] = RESULT.exec(basename(run)) ?? []
  const folder = dirname(dirname(run))
  // The file of a failed run is not there, and its name is enough.
  if (name !== undefined && existsSync(join(folder, MANIFEST_FILE))) {
    return { folder, setting: setting ?? name, seed: seed ?? Number(number) }
  }
  const example = join("out", "first-run", resultFile("base", 1))
  throw new UsageError(
    `expected the result of a run, such as ${example}, or the folder of an experiment, found ${run}`,
  )
}

function chosen<A>(
  what: string,
  wanted: string | number,
  all: readonly A[],
  nameOf: (each: A) => string | number,
): A {
  const found = all.find((each) => nameOf(each) === wanted)
  if (found !== undefined) return found
  const names = all.map((each) => String(nameOf(each)))
  const known = names.length > 20 ? `${names[0]} to ${names.at(-1)}` : names.join(", ")
  throw new UsageError(
    `expected a ${what} of the experiment (${known}), found ${wanted}${didYouMean(String(wanted), names)}`,
  )
}

interface Filter {
  readonly agent: (name: string) => boolean
  /** Whether an entry is an agent's own act, has consequences for one, or speaks of one. */
  readonly entry: (entry: Entry) => boolean
}

/** What concerns the agents of this name: one of them, or all of a role, strategy, group or owner. */
function concerning(wanted: string | undefined, scenario: Scenario): Filter {
  if (wanted === undefined) return { agent: () => true, entry: () => true }
  const agents = agentsOf(scenario)
  const names = new Set(agents.flatMap(({ name, labels }) => (labels.includes(wanted) ? [name] : [])))
  if (names.size === 0) {
    const known = [...new Set(agents.flatMap(({ labels }) => labels))]
    throw new UsageError(
      `--agent: expected an agent, role, strategy, group or owner of the scenario, found ${wanted}${didYouMean(wanted, known)}; ` +
        `known: ${[...new Set(agents.flatMap(({ labels }) => labels.slice(1)))].join(", ")}`,
    )
  }
  const ofOne = (who: string | undefined) =>
    who !== undefined && (names.has(who) || names.has(who.replace(/'s account \d+$/, "")))
  const mentions = [...names].map((name) => new RegExp(`\\b${name}\\b(?!-)`))
  return {
    agent: (name) => names.has(name),
    entry: ({ who, consequences, text }) =>
      ofOne(who) || consequences.some((each) => ofOne(each.who)) || mentions.some((name) => name.test(text)),
  }
}

/** Names as the world gives them: role and place, in the order of the scenario. */
function agentsOf({ population }: Scenario) {
  const counts = new Map<string, number>()
  return population.flatMap(({ strategy, count, group, owner }) => {
    const role = roleOf(strategy)
    return Array.from({ length: count }, () => {
      const place = (counts.get(role) ?? 0) + 1
      counts.set(role, place)
      const name = `${role}-${place}`
      const labels = [
        name,
        role,
        strategy,
        ...(group === undefined ? [] : [group]),
        ...(owner === undefined ? [] : [owner]),
      ]
      return { name, labels }
    })
  })
}
