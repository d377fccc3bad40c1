/** Scenarios that come with the program, by name. */
import { existsSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

// In a clone this file is sim/cli/…, in an installed package dist/sim/cli/…; scenarios lie beside `sim` in both.
const folder = fileURLToPath(new URL("../../scenarios/", import.meta.url))

/** Whether this is no path: it may name a scenario that ships. */
export function isBareName(name: string): boolean {
  return /^[a-z0-9-]+$/.test(name)
}

/** The path of a shipped scenario by its bare name; undefined for anything else. */
export function shippedScenario(name: string): string | undefined {
  if (!isBareName(name)) return undefined
  const file = join(folder, `${name}.yaml`)
  return existsSync(file) ? file : undefined
}

export function shippedNames(): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .map((name) => name.slice(0, -".yaml".length))
    .sort()
}
