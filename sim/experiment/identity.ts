/** Identities: the hash of everything that decides a run, an experiment, and what differs between two of them. */
import { basename } from "node:path"
import { contractsKey, type ContractChoice } from "../../chain/contractSet/contractSet.ts"
import { canonicalJson } from "../kernel/canonicalJson.ts"
import { sha256Hex } from "../kernel/hash.ts"
import type { IdentityInputs } from "../results/manifest.ts"
import { type ExperimentPlan, looksOfPlan, seedsOf, type Setting, settingsOf } from "../scenario/plan.ts"
import type { Scenario } from "../scenario/scenario.ts"
import type { ProgramIdentity } from "./programIdentity.ts"
import type { WorldInputs } from "./runModule.ts"

export function identityInputs(
  plan: ExperimentPlan,
  program: ProgramIdentity,
  world: WorldInputs,
): IdentityInputs {
  const looks = looksOfPlan(plan)
  const settings = settingsOf(plan).map(({ name, scenario }) => {
    const { contracts, ...rest } = identified(scenario)
    return { name, scenario: asJson(rest), contracts: contractSetId(contracts, world) }
  })
  return {
    settings,
    seeds: seedsOf(plan),
    ...(looks.length === 1 ? {} : { looks }),
    contractSets: Object.fromEntries(
      settingsOf(plan).map(({ scenario: { contracts } }) => [
        contractSetId(contracts, world),
        hashesOf(contracts, world),
      ]),
    ),
    sources: program.sources,
    lockfile: program.lockfile,
    node: process.version,
    mlBackend: world.mlBackend,
    datasets: world.datasets,
    ...(world.surrogates === undefined ? {} : { surrogates: world.surrogates }),
  }
}

/** Files of strategies by what is in them: the same in a folder of any name. */
function identified(scenario: Scenario) {
  const { strategyFiles, ...rest } = scenario
  if (strategyFiles === undefined) return rest
  const files = strategyFiles.map(({ strategy, path, exportName, modules }) => [
    strategy,
    { file: basename(path), exportName, modules },
  ])
  return { ...rest, strategyFiles: Object.fromEntries(files) as Readonly<Record<string, unknown>> }
}

/** Identifies a set of contracts by what is in it: the same in a folder of any name. */
export function contractSetId(choice: ContractChoice, world: WorldInputs): string {
  return sha256Hex(canonicalJson(hashesOf(choice, world))).slice(0, 16)
}

function hashesOf(choice: ContractChoice, { contracts }: WorldInputs) {
  const hashes = contracts[contractsKey(choice)]
  if (hashes === undefined) throw new Error(`the world prepared no contracts ${contractsKey(choice)}`)
  return hashes
}

export function experimentIdentity(inputs: IdentityInputs): string {
  return sha256Hex(canonicalJson(inputs))
}

/**
 * The identity of one run: the same whether its experiment has five replicates or fifty, whatever the setting is
 * called, and whatever contracts and data other settings have.
 */
export function runIdentity(inputs: IdentityInputs, setting: Setting, seed: number): string {
  const { seed: _first, replicates: _count, contracts: _choice, ...scenario } = identified(setting.scenario)
  const {
    settings,
    seeds: _seeds,
    looks: _looks,
    contractSets,
    datasets,
    surrogates = {},
    mlBackend,
    ...program
  } = inputs
  const id = settings.find(({ name }) => name === setting.name)?.contracts ?? ""
  const dataset = datasets[scenario.learning.dataset] ?? null
  // A surrogate computes without the backend that real settings beside it have.
  const learner = scenario.ml === "surrogate" ? (surrogates[scenario.learning.dataset] ?? null) : mlBackend
  return sha256Hex(
    canonicalJson({ ...program, contracts: contractSets[id], learner, dataset, scenario, seed }),
  )
}

/** The digest of a whole experiment: over its identity and the digests of its runs in order. */
export function experimentDigest(
  identity: string,
  runs: readonly { readonly setting: string; readonly seed: number; readonly digest: string }[],
): string {
  return sha256Hex(
    canonicalJson({ identity, runs: runs.map(({ setting, seed, digest }) => [setting, seed, digest]) }),
  )
}

/** What differs between two identities, a line each: `scenario base: rounds: was 10, is 12`. */
export function differences(was: IdentityInputs, is: IdentityInputs): readonly string[] {
  const lines: string[] = []
  const names = new Set([...was.settings, ...is.settings].map(({ name }) => name))
  for (const name of names) {
    const find = ({ settings }: IdentityInputs) => settings.find((setting) => setting.name === name)?.scenario
    compare(`setting ${name}`, find(was), find(is), lines)
    compare(`setting ${name}: contract code`, codeOf(was, name), codeOf(is, name), lines)
  }
  const { settings: _was, contractSets: _wasSets, ...wasRest } = was
  const { settings: _is, contractSets: _isSets, ...isRest } = is
  for (const key of Object.keys(wasRest).sort() as (keyof typeof wasRest)[]) {
    compare(TITLES[key], wasRest[key], isRest[key], lines)
  }
  return lines
}

const codeOf = ({ settings, contractSets }: IdentityInputs, setting: string) =>
  contractSets[settings.find(({ name }) => name === setting)?.contracts ?? ""]

const TITLES: Readonly<Record<Exclude<keyof IdentityInputs, "settings" | "contractSets">, string>> = {
  seeds: "seeds",
  looks: "looks",
  sources: "the program's sources",
  lockfile: "package-lock.json",
  node: "Node version",
  mlBackend: "ML backend",
  datasets: "data set",
  surrogates: "surrogate",
}

function compare(where: string, was: unknown, is: unknown, lines: string[]): void {
  if (was === is) return
  if (isMap(was) && isMap(is)) {
    for (const key of [...new Set([...Object.keys(was), ...Object.keys(is)])].sort()) {
      compare(`${where}: ${key}`, was[key], is[key], lines)
    }
    return
  }
  const [before, after] = [brief(was), brief(is)]
  if (before !== after) lines.push(`${where}: was ${before}, is ${after}`)
}

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value)
}

function brief(value: unknown): string {
  if (value === undefined) return "absent"
  const text = canonicalJson(value)
  return text.length > 120 ? `${text.slice(0, 100)}… (${sha256Hex(text).slice(0, 8)})` : text
}

/** A resolved scenario as JSON data: money becomes decimal text. */
export function asJson(value: unknown): IdentityInputs["settings"][number]["scenario"] {
  return JSON.parse(canonicalJson(value)) as IdentityInputs["settings"][number]["scenario"]
}
