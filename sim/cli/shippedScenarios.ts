/** Scenarios that come with the program, by name. */
import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

// In a clone this file is sim/cli/…, in an installed package dist/sim/cli/…; scenarios lie beside `sim` in both.
const folder = fileURLToPath(new URL("../../scenarios/", import.meta.url))

/** TypeScript is run as it is in a clone; an installed package has JavaScript. */
export const isInClone = import.meta.url.endsWith(".ts")

/** Where the trials are, and what their searches have found. */
export const trialsFolder = join(folder, "attacks")

/** Whether this is no path: it may name a scenario that ships. */
export function isBareName(name: string): boolean {
  return /^[a-z0-9-]+$/.test(name)
}

/** The path of a shipped scenario or trial by its bare name; undefined for anything else. */
export function shippedScenario(name: string): string | undefined {
  if (!isBareName(name)) return undefined
  const files = [folder, trialsFolder].map((place) => join(place, `${name}.yaml`))
  return files.find((file) => existsSync(file))
}

/** Trials are not among them. */
export const shippedNames = (): readonly string[] => namesIn(folder)

export const shippedTrials = (): readonly string[] => (existsSync(trialsFolder) ? namesIn(trialsFolder) : [])

function namesIn(place: string): readonly string[] {
  return readdirSync(place)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => name.slice(0, -".yaml".length))
    .sort()
}
