/** The commands that play one replicate of a trial again. */
import { relative } from "node:path"
import type { AttackSetting, Rule, Trial } from "../trial/readTrial.ts"
import { reproduceCommand } from "./reproduce.ts"
import { shippedScenario } from "./shippedScenarios.ts"

/** `npm run sim -- run NAME --seed N --replicates 1 --set …` */
export function replayCommand(trial: Trial, rule: Rule, setting: AttackSetting, seed: number): string {
  const { contracts, rulesOff, set } = rule === "on" ? NONE : changesOff(trial)
  return reproduceCommand(
    {
      scenarioFile: nameOfFile(trial),
      set: [...set, ...assignments(setting)],
      seed,
      replicates: 1,
      contracts,
      rulesOff,
    },
    {},
  )
}

/** The bare name of a trial that ships, else the path. */
export function nameOfFile({ name, file }: Trial): string {
  return shippedScenario(name) === file ? name : file
}

const NONE = { contracts: null, rulesOff: [], set: [] } as const

/** Contracts are named as flags: a folder in the file is relative to the file, one on the command line to where it runs. */
function changesOff({ trial, scenario }: Trial) {
  const variant = scenario("off", {})
  const touchesContracts = Object.keys(trial.off).some((path) => /^contracts\b/.test(path))
  const others = Object.entries(trial.off).filter(([path]) => !/^contracts\b/.test(path))
  const set = assignments(Object.fromEntries(others))
  if (!touchesContracts || variant._tag === "impossible") return { ...NONE, set }
  const { source, rulesOff } = variant.scenario.contracts
  return { contracts: source === "builtin" ? null : relative("", source), rulesOff, set }
}

const assignments = (changes: Readonly<Record<string, unknown>>): readonly string[] =>
  Object.entries(changes).map(([path, value]) => `${path}=${JSON.stringify(value)}`)

/** `score=87 stakeAtn=612`: options by their own names, with the entry's where two have one. */
export function settingText(setting: AttackSetting): string {
  const paths = Object.keys(setting)
  const isShared = (path: string) => paths.filter((other) => lastKey(other) === lastKey(path)).length > 1
  const name = (path: string) =>
    isShared(path) ? `${entryOf(path) ?? path}.${lastKey(path)}` : lastKey(path)
  const parts = Object.entries(setting).map(
    ([path, value]) => `${name(path)}=${typeof value === "string" ? value : JSON.stringify(value)}`,
  )
  return parts.length === 0 ? "as in the file" : parts.join(" ")
}

const lastKey = (path: string): string => /(?:^|[.\]])([^.[\]]+)$/.exec(path)?.[1] ?? path

const entryOf = (path: string): string | undefined => /^population\[([^\]]+)\]/.exec(path)?.[1]
