/** Which trials are asked for: files, folders, names of trials that ship. */
import { existsSync, readdirSync, statSync } from "node:fs"
import { basename, join } from "node:path"
import { Effect, Result } from "effect"
import { didYouMean } from "../scenario/didYouMean.ts"
import type { Registries } from "../scenario/registries.ts"
import { readTrial, type Trial } from "../trial/readTrial.ts"
import { fits, matchingAny } from "./matching.ts"
import { isBareName, shippedScenario, shippedTrials, trialsFolder } from "./shippedScenarios.ts"
import { UsageError } from "./usageError.ts"

/**
 * By name, each once; all that ship where no file is named. Each pattern picks files by their name, or failing that trials
 * by the attack. Rejects with `UsageError`, or with `InvalidScenario` for the first trial that can't be read.
 */
export async function trialsFrom(
  files: readonly string[],
  only: readonly string[],
  registries: Registries,
): Promise<readonly Trial[]> {
  const asked = files.length === 0 ? [trialsFolder] : files
  const paths = [...new Set(asked.flatMap(pathsOf))].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
  const byName = paths.filter((path) => only.some((pattern) => fits(nameOf(path), pattern)))
  // Attacks are known once all trials are read.
  const isNamed = (pattern: string) => byName.some((path) => fits(nameOf(path), pattern))
  const trials: Trial[] = []
  for (const path of only.length > 0 && only.every(isNamed) ? byName : paths)
    trials.push(await trialAt(path, registries))
  if (trials.length === 0) throw new UsageError(`expected trials, found none in ${asked.join(", ")}`)
  const twice = trials.find(({ name }, index) => trials.findIndex((other) => other.name === name) < index)
  if (twice !== undefined) {
    throw new UsageError(`expected trials with names of their own, found ${twice.name} twice: ${twice.file}`)
  }
  const named = trials.map((trial) => ({
    trial,
    name: nameOf(trial.file),
    description: `${trial.name} ${trial.trial.attack}`,
  }))
  return matchingAny(named, only, "trial").map(({ trial }) => trial)
}

const nameOf = (path: string): string => basename(path).replace(/\.ya?ml$/, "")

/** A folder's files, a file, or a name that ships. */
function pathsOf(name: string): readonly string[] {
  if (existsSync(name)) {
    if (!statSync(name).isDirectory()) return [name]
    const inside = readdirSync(name).filter((file) => /\.ya?ml$/.test(file))
    return inside.map((file) => join(name, file))
  }
  const shipped = shippedScenario(name)
  if (shipped !== undefined || !isBareName(name)) return [shipped ?? name]
  const hint = didYouMean(name, shippedTrials())
  throw new UsageError(
    `expected a trial file, a folder of them, or the name of one that ships, found ${name}${hint}; autonet-sim scenarios lists the names`,
  )
}

async function trialAt(path: string, registries: Registries): Promise<Trial> {
  const result = await Effect.runPromise(Effect.result(readTrial(path, registries)))
  if (Result.isFailure(result)) throw result.failure
  return result.success
}
