/**
 * Which contracts a scenario runs on: `builtin`, a folder of artifacts, or `{ source, rulesOff }`.
 *
 * A folder in the file is relative to the file, one on the command line to the working directory; both are made
 * absolute before anything is checked, so that a plan means the same wherever it is read.
 */
import { existsSync } from "node:fs"
import { resolve } from "node:path"
import { Schema } from "effect"
import type { ContractChoice } from "../../chain/contractSet/contractSet.ts"
import { didYouMean } from "./didYouMean.ts"
import { about, orElse } from "./fields.ts"
import type { Registries } from "./registries.ts"

const BUILTIN = "builtin"
const EXPECTED = "builtin, a folder of contract artifacts, or { source, rulesOff }"

const source = Schema.NonEmptyString.annotate({
  ...about({ title: "Source", description: "builtin, or a folder of Hardhat or Foundry artifacts." }),
  expected: "builtin, or a folder of Hardhat or Foundry artifacts",
  default: BUILTIN,
})

export const contractsField = ({ rules = [] }: Registries) => {
  const names = rules.map(({ name }) => name).sort()
  const rule = Schema.String.check(
    Schema.makeFilter(
      (name: string) =>
        names.includes(name) ||
        `a rule that can be switched off${didYouMean(name, names)}; known: ${names.join(", ") || "none"}`,
      {
        expected: "a rule that can be switched off",
        toJsonSchema: () => (names.length === 0 ? { not: {} } : { enum: names }),
      },
    ),
  )
  const choice = Schema.Struct({
    source: source.pipe(orElse(BUILTIN)),
    rulesOff: Schema.Array(rule)
      .annotate({
        ...about({
          title: "Rules off",
          description:
            "Rules of the built-in contracts that this scenario breaks; autonet-sim rules lists them.",
        }),
        default: [],
      })
      .pipe(orElse([])),
  }).check(
    Schema.makeFilter(
      ({ source, rulesOff }) =>
        source === BUILTIN ||
        rulesOff.length === 0 ||
        "source: builtin where rules are switched off: the rules are those of the built-in contracts",
      { expected: "rules off with builtin only", toJsonSchema: () => [{}, true] },
    ),
  )
  return Schema.Union([Schema.NonEmptyString, choice]).annotate({
    ...about({
      title: "Contracts",
      description: `Contracts to run on: ${EXPECTED}. A relative folder is relative to this file.`,
    }),
    default: BUILTIN,
    expected: EXPECTED,
  })
}

type ContractsWritten = string | { readonly source: string; readonly rulesOff: readonly string[] }

/** The choice with its rules in order, each once. */
export function contractChoice(written: ContractsWritten): ContractChoice {
  if (typeof written === "string") return { source: written, rulesOff: [] }
  return { source: written.source, rulesOff: [...new Set(written.rulesOff)].sort() }
}

/** What is wrong with the choice beyond its form; undefined if nothing. */
export function contractsProblem(written: ContractsWritten): string | undefined {
  const { source } = contractChoice(written)
  if (source === BUILTIN || existsSync(source)) return undefined
  const hint = didYouMean(source.split(/[\\/]/).at(-1) ?? "", [BUILTIN])
  return `expected builtin, or a folder of Hardhat or Foundry artifacts, found nothing at ${source}${hint}`
}

/**
 * The value of the field as a map with an absolute folder; what is no such value stays as it is, to be refused later.
 * `given` is told each folder with the name that it was given.
 */
export function absoluteContracts(
  value: unknown,
  base: string,
  given: (folder: string, name: string) => void,
): unknown {
  if (typeof value === "string" && value !== "") return { source: absoluteSource(value, base, given) }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value
  const { source } = value as { readonly source?: unknown }
  return typeof source === "string" && source !== ""
    ? { ...value, source: absoluteSource(source, base, given) }
    : value
}

function absoluteSource(name: string, base: string, given: (folder: string, name: string) => void): string {
  if (name === BUILTIN) return name
  const folder = resolve(base, name)
  given(folder, name)
  return folder
}
