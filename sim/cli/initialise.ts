/** `autonet-sim init DIR`: a commented scenario to start from, and its schema for editors. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { SCHEMA_FILE, scenarioJsonSchema } from "../scenario/jsonSchema.ts"
import type { Registries } from "../scenario/registries.ts"
import { shippedScenario } from "./shippedScenarios.ts"
import { UsageError } from "./usageError.ts"

const SCENARIO_FILE = "scenario.yaml"

/** Writes the files and returns what to say. Throws `UsageError` where one is there already. */
export function initialise(folder: string, registries: Registries): string {
  const template = shippedScenario("first-run")
  if (template === undefined) throw new Error("the program's own scenario first-run is missing")
  const [scenario, schema] = [join(folder, SCENARIO_FILE), join(folder, SCHEMA_FILE)]
  for (const file of [scenario, schema]) {
    if (existsSync(file)) throw new UsageError(`${file} exists already, and nothing is overwritten`)
  }
  try {
    mkdirSync(folder, { recursive: true })
  } catch (fault) {
    const { code } = fault as NodeJS.ErrnoException
    throw new UsageError(`expected a folder that can be made, found ${folder} (${code})`)
  }
  const text = readFileSync(template, "utf8").replace(/^name: first-run$/m, "name: my-scenario")
  writeFileSync(scenario, `# yaml-language-server: $schema=./${SCHEMA_FILE}\n${text}`, { flag: "wx" })
  writeFileSync(schema, `${JSON.stringify(scenarioJsonSchema(registries), null, 2)}\n`, { flag: "wx" })
  return `wrote ${scenario} and ${schema}\nnext: autonet-sim run ${scenario}\n`
}
