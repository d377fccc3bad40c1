/** `autonet-sim init DIR`: a commented scenario to start from, or a strategy, and what editors need. */
import { existsSync, readFileSync, writeFileSync } from "node:fs"
import { dirname, join } from "node:path"
import { fileURLToPath } from "node:url"
import { checkWritable, FolderUnusable, makeFolder } from "../experiment/makeFolder.ts"
import { SCHEMA_FILE, scenarioJsonSchema } from "../scenario/jsonSchema.ts"
import type { Registries } from "../scenario/registries.ts"
import { programCommand } from "./reproduce.ts"
import { shippedScenario } from "./shippedScenarios.ts"
import { UsageError } from "./usageError.ts"

const SCENARIO_FILE = "scenario.yaml"

// In a clone this file is sim/cli/…, in an installed package dist/sim/cli/…; templates lie beside `sim` in both.
const TEMPLATE = fileURLToPath(new URL("../../templates/strategy/", import.meta.url))

/** Writes the files and returns what to say. Throws `UsageError` where one is there already. */
export function initialise(folder: string, registries: Registries): string {
  const template = shippedScenario("first-run")
  if (template === undefined) throw new Error("the program's own scenario first-run is missing")
  const text = readFileSync(template, "utf8").replace(/^name: first-run$/m, "name: my-scenario")
  writeNew(folder, { [SCENARIO_FILE]: withSchema(text), [SCHEMA_FILE]: schemaText(registries) })
  const [scenario, schema] = [join(folder, SCENARIO_FILE), join(folder, SCHEMA_FILE)]
  return `wrote ${scenario} and ${schema}\nnext: ${programCommand} run ${scenario}\n`
}

/** The same with a strategy in a file of its own. */
export function initialiseStrategy(folder: string, registries: Registries): string {
  const files = {
    "strategy.ts": read("strategy.ts"),
    [SCENARIO_FILE]: withSchema(read(SCENARIO_FILE)),
    "README.md": read("README.md"),
    "tsconfig.json": typesText(),
    [SCHEMA_FILE]: schemaText(registries),
  }
  writeNew(folder, files)
  const wrote = Object.keys(files).map((name) => `wrote ${join(folder, name)}`)
  return `${[...wrote, `next: ${programCommand} run ${join(folder, SCENARIO_FILE)}`].join("\n")}\n`
}

const read = (name: string): string => readFileSync(join(TEMPLATE, name), "utf8")

function writeNew(folder: string, files: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(files)) {
    const file = join(folder, name)
    if (existsSync(file)) throw new UsageError(`${file} exists already, and nothing is overwritten`)
  }
  try {
    makeFolder(folder)
    checkWritable(folder)
  } catch (fault) {
    if (!(fault instanceof FolderUnusable)) throw fault
    throw new UsageError(`expected a folder to write to: ${fault.message}`)
  }
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text, { flag: "wx" })
}

const withSchema = (scenario: string): string =>
  `# yaml-language-server: $schema=./${SCHEMA_FILE}\n${scenario}`

const schemaText = (registries: Registries): string =>
  `${JSON.stringify(scenarioJsonSchema(registries), null, 2)}\n`

/** Editors find the types where the program finds the code: in its own copies. */
function typesText(): string {
  const isClone = import.meta.url.endsWith(".ts")
  const entry = fileURLToPath(new URL(`../agents/index.${isClone ? "ts" : "d.ts"}`, import.meta.url))
  const effect = dirname(fileURLToPath(import.meta.resolve("effect")))
  const compilerOptions = {
    target: "ES2024",
    // A clone's types are its sources, which use more of the host than a strategy may.
    lib: isClone ? ["ES2024", "DOM"] : ["ES2024"],
    module: "ESNext",
    moduleResolution: "bundler",
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    allowImportingTsExtensions: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    ...(isClone ? nodeTypes() : { types: [] }),
    paths: {
      "autonet-sim": [entry],
      effect: [join(effect, "index.d.ts")],
      "effect/*": [join(effect, "*.d.ts")],
    },
  }
  return `${JSON.stringify({ compilerOptions, include: ["*.ts"] }, null, 2)}\n`
}

function nodeTypes(): { readonly types: readonly string[]; readonly typeRoots: readonly string[] } {
  const node = dirname(fileURLToPath(import.meta.resolve("@types/node/package.json")))
  return { types: ["node"], typeRoots: [dirname(node)] }
}
