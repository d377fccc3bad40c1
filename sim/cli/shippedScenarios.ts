/** Scenarios that come with the program, by name. */
import { existsSync } from "node:fs"
import { join } from "node:path"
import { fileURLToPath } from "node:url"

// In a clone this file is sim/cli/…, in an installed package dist/sim/cli/…; scenarios lie beside `sim` in both.
const folder = fileURLToPath(new URL("../../scenarios/", import.meta.url))

/** The path of a shipped scenario by its bare name; undefined for anything else. */
export function shippedScenario(name: string): string | undefined {
  if (!/^[a-z0-9-]+$/.test(name)) return undefined
  const file = join(folder, `${name}.yaml`)
  return existsSync(file) ? file : undefined
}
