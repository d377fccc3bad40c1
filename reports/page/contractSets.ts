/** What a manifest says of contracts and parameters, put so that a page can show it. */
import { contractsName, settingsOn } from "../../sim/results/contractsSummary.ts"
import type { ExperimentResult } from "../../sim/results/experimentResult.ts"
import { formatCount } from "../../sim/results/format.ts"
import type { Manifest, ParameterRecord } from "../../sim/results/manifest.ts"
import { parameterDisplay } from "../../sim/results/parameterText.ts"
import { listing } from "../../sim/results/sentence.ts"

/** A parameter with what it was in each setting; one entry a value. */
export interface ParameterUse {
  readonly record: ParameterRecord
  readonly values: readonly {
    readonly settings: readonly string[]
    /** Null where the set does not tell. */
    readonly value: string | null
    readonly source: Manifest["settings"][number]["parameters"][number]["source"]
  }[]
}

/** In the order of the registry. */
export const parameterUses = ({ parameters, settings }: Manifest): readonly ParameterUse[] =>
  parameters.map((record) => {
    const values: { settings: string[]; value: string | null; source: ParameterSource }[] = []
    for (const setting of settings) {
      const found = setting.parameters.find(({ name }) => name === record.name)
      if (found === undefined) continue
      const same = values.find(({ value, source }) => value === found.value && source === found.source)
      if (same === undefined)
        values.push({ settings: [setting.name], value: found.value, source: found.source })
      else same.settings.push(setting.name)
    }
    return { record, values }
  })

type ParameterSource = ParameterUse["values"][number]["source"]

/** Whether some setting had another value than the registry's default. */
export const differsFromDefault = ({ record, values }: ParameterUse): boolean =>
  values.some(({ value }) => value !== null && value !== record.default)

export const valueText = (value: string | null, { unit }: ParameterRecord): string =>
  value === null ? "–" : parameterDisplay(BigInt(value), unit)

/** What the contracts put beyond the reach of the answer, a statement each. */
export const contractLimitations = ({ manifest }: ExperimentResult): readonly string[] =>
  manifest.contractSets.flatMap((set) => {
    const where = manifest.contractSets.length === 1 ? "" : ` (${listing(settingsOn(set, manifest))})`
    const statements: string[] = []
    if (set.rulesOff.length > 0) {
      const rules = set.rulesOff.map(({ name, rule }) => `${name} (${rule.replace(/\.$/, "")})`)
      statements.push(
        `Rules of the contracts were switched off${where}: ${listing(rules)}. What is shown is a protocol without them.`,
      )
    }
    const of = (control: string) =>
      Object.entries(set.parameters)
        .filter(([, parameter]) => parameter.control === control)
        .map(([name]) => name)
    const [fixed, absent] = [of("fixed"), of("absent")]
    if (fixed.length + absent.length > 0) {
      statements.push(
        `The bytecode of ${contractsName(set)}${where} decides what governance could decide elsewhere: ` +
          [
            ...(fixed.length > 0 ? [`it fixes ${listing(fixed)}`] : []),
            ...(absent.length > 0
              ? [`it has no setter and no view for ${formatCount(absent.length, "parameter")}`]
              : []),
          ].join("; ") +
          ".",
      )
    }
    if (set.missing.length > 0) {
      statements.push(
        `It lacks ${formatCount(set.missing.length, "function")} of the built-in contracts${where}; agents use the plain calls instead.`,
      )
    }
    if (set.unchecked.length > 0) {
      const names = set.unchecked.map(({ invariant }) => invariant)
      statements.push(
        `Invariants that these contracts give no way to check${where}: ${listing(names)}. That nothing is reported of them means nothing.`,
      )
    }
    return statements
  })
