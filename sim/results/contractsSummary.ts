/** What ran, in a line a contract set: its settings, the rules that are off, the numbers it fixes, what nobody could check. */
import { Schema } from "effect"
import { formatCount } from "./format.ts"
import type { ContractSetRecord, Manifest } from "./manifest.ts"
import { listing, numberWord } from "./sentence.ts"

/** The contracts of some settings, for programs that read the result and not the whole manifest. */
export const ContractsSummary = Schema.Struct({
  settings: Schema.Array(Schema.String),
  /** `builtin`, or the folder as it was given. */
  source: Schema.String,
  rulesOff: Schema.Array(Schema.String),
  /** Numbers that the set shows and has no setter for. */
  fixedNumbers: Schema.Int,
  /** Functions of the built-in contracts that it lacks. */
  missingFunctions: Schema.Int,
  /** Invariants that it gives no way to check. */
  unchecked: Schema.Array(Schema.String),
})
export type ContractsSummary = typeof ContractsSummary.Type

/** In the order of the manifest's sets. */
export const contractsSummaries = (manifest: Manifest): readonly ContractsSummary[] =>
  manifest.contractSets.map((set) => ({
    settings: settingsOn(set, manifest),
    source: set.source,
    rulesOff: set.rulesOff.map(({ name }) => name),
    fixedNumbers: set.fixed.length,
    missingFunctions: set.missing.length,
    unchecked: set.unchecked.map(({ invariant }) => invariant),
  }))

/** `the built-in contracts`, `the built-in contracts without rule-a`, or the folder as it was given. */
export const contractsName = ({
  source,
  rulesOff,
}: {
  readonly source: string
  readonly rulesOff: readonly { readonly name: string }[]
}): string => {
  const name = source === "builtin" ? "the built-in contracts" : `the contracts in ${source}`
  return rulesOff.length === 0 ? name : `${name} without ${listing(rulesOff.map(({ name }) => name))}`
}

/** Settings that ran on the set. */
export const settingsOn = ({ id }: ContractSetRecord, { inputs }: Manifest): readonly string[] =>
  inputs.settings.filter(({ contracts }) => contracts === id).map(({ name }) => name)

/** A line a set: `base on the contracts in ./plain: 34 functions fewer than the built-in ones, 12 numbers fixed …`. */
export const contractsLines = (manifest: Manifest): readonly string[] =>
  manifest.contractSets.map((set) => {
    const about = [
      ...(set.missing.length > 0
        ? [`${formatCount(set.missing.length, "function")} fewer than the built-in contracts`]
        : []),
      ...(set.fixed.length > 0 ? [`${formatCount(set.fixed.length, "number")} fixed by the bytecode`] : []),
    ]
    const detail = about.length === 0 ? "" : `: ${about.join(", ")}`
    return `${listing(settingsOn(set, manifest))} on ${contractsName(set)}${detail}`
  })

/** `three could not be checked: a, b and c`, a phrase a set that leaves some open. */
export const uncheckedPhrases = (manifest: Manifest): readonly string[] =>
  manifest.contractSets.flatMap((set) => {
    const { unchecked } = set
    if (unchecked.length === 0) return []
    const where = manifest.contractSets.length === 1 ? "" : ` in ${listing(settingsOn(set, manifest))}`
    const names = unchecked.map(({ invariant }) => invariant)
    return [`${numberWord(unchecked.length)} could not be checked${where}: ${listing(names)}`]
  })
