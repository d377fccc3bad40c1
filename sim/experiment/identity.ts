/** Identities: the hash of everything that decides a run, an experiment, and what differs between two of them. */
import { canonicalJson } from "../kernel/canonicalJson.ts"
import { sha256Hex } from "../kernel/hash.ts"
import type { IdentityInputs } from "../results/manifest.ts"
import { type ExperimentPlan, seedsOf, settingsOf } from "../scenario/plan.ts"
import type { Scenario } from "../scenario/scenario.ts"
import type { ProgramIdentity } from "./programIdentity.ts"
import type { WorldInputs } from "./runModule.ts"

export function identityInputs(
  plan: ExperimentPlan,
  program: ProgramIdentity,
  world: WorldInputs,
): IdentityInputs {
  return {
    settings: settingsOf(plan).map(({ name, scenario }) => ({ name, scenario: asJson(scenario) })),
    seeds: seedsOf(plan),
    contracts: world.contracts,
    sources: program.sources,
    lockfile: program.lockfile,
    node: process.version,
    mlBackend: world.mlBackend,
    datasets: world.datasets,
  }
}

export function experimentIdentity(inputs: IdentityInputs): string {
  return sha256Hex(canonicalJson(inputs))
}

/**
 * The identity of one run: the same whether its experiment has five replicates or fifty, and whatever the setting is
 * called.
 */
export function runIdentity(inputs: IdentityInputs, scenario: Scenario, seed: number): string {
  const { seed: _first, replicates: _count, ...world } = scenario
  const { settings: _settings, seeds: _seeds, ...program } = inputs
  return sha256Hex(canonicalJson({ ...program, scenario: world, seed }))
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
  }
  const { settings: _was, ...wasRest } = was
  const { settings: _is, ...isRest } = is
  for (const key of Object.keys(wasRest).sort() as (keyof typeof wasRest)[]) {
    compare(TITLES[key], wasRest[key], isRest[key], lines)
  }
  return lines
}

const TITLES: Readonly<Record<Exclude<keyof IdentityInputs, "settings">, string>> = {
  seeds: "seeds",
  contracts: "contract code",
  sources: "the program's sources",
  lockfile: "package-lock.json",
  node: "Node version",
  mlBackend: "ML backend",
  datasets: "data set",
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
