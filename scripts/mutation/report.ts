/** The outcome as text: a table by contract, and what survived. */
import type { Verdict } from "./journal.ts"
import { type Mutant, keyOf } from "./mutant.ts"
import type { Reasons } from "./reasons.ts"

export interface Outcome {
  readonly mutants: readonly Mutant[]
  readonly verdictOf: (mutant: Mutant) => Verdict | undefined
  readonly reasons: Reasons
}

/** The share of survivors that may stand without a reason. */
const unexplainedShare = 0.05

interface Row {
  readonly contract: string
  readonly mutants: number
  readonly killed: number
  readonly reasoned: number
  readonly unexplained: number
}

const survived = ({ verdictOf }: Outcome, mutant: Mutant): boolean => {
  const verdict = verdictOf(mutant)
  return verdict !== undefined && verdict.killedBy === undefined
}

const rowOf = (contract: string, mutants: readonly Mutant[], outcome: Outcome): Row => {
  const survivors = mutants.filter((mutant) => survived(outcome, mutant))
  const reasoned = survivors.filter((mutant) => outcome.reasons.byKey.has(keyOf(mutant))).length
  const judged = mutants.filter((mutant) => outcome.verdictOf(mutant) !== undefined).length
  return {
    contract,
    mutants: mutants.length,
    killed: judged - survivors.length,
    reasoned,
    unexplained: survivors.length - reasoned,
  }
}

const line = (row: Row): string =>
  `| ${row.contract} | ${row.mutants} | ${row.killed} | ${row.reasoned} | ${row.unexplained} |`

const table = (outcome: Outcome): string[] => {
  const byContract = Map.groupBy(outcome.mutants, ({ contract }) => contract)
  const rows = [...byContract]
    .map(([contract, mutants]) => rowOf(contract, mutants, outcome))
    .sort((a, b) => (a.contract < b.contract ? -1 : 1))
  return [
    "| contract | mutants | killed | survived with a reason | survived without |",
    "|---|--:|--:|--:|--:|",
    ...rows.map(line),
    line(rowOf("**all**", outcome.mutants, outcome)),
  ]
}

const describe = (mutant: Mutant, why = ""): string => {
  const change = mutant.mutated === "" ? "deleted" : `→ \`${mutant.mutated}\``
  const nth = mutant.nth === 1 ? "" : ` (number ${mutant.nth})`
  const at = `${mutant.contract}.${mutant.function}`
  return `${mutant.file}:${mutant.line} ${at}: ${mutant.operator}: \`${mutant.original}\`${nth} ${change}${why === "" ? "" : ` (${why})`}`
}

/** Reasons that no survivor needs: they name nothing, or what they excuse is killed. */
const stale = ({ mutants, verdictOf, reasons }: Outcome): string[] => {
  const killed = mutants.filter(
    (mutant) => reasons.byKey.has(keyOf(mutant)) && verdictOf(mutant)?.killedBy !== undefined,
  )
  return [...reasons.unknown, ...killed.map((mutant) => `${keyOf(mutant)} (killed)`)]
}

const section = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ["", `## ${title}`, "", ...lines.map((each) => `- ${each}`)]

export const reportOf = (outcome: Outcome): { readonly text: string; readonly passed: boolean } => {
  const survivors = outcome.mutants.filter((mutant) => survived(outcome, mutant))
  const reasonOf = (mutant: Mutant) => outcome.reasons.byKey.get(keyOf(mutant))
  const unexplained = survivors.filter((mutant) => reasonOf(mutant) === undefined)
  const old = stale(outcome)
  const text = [
    "# Mutation analysis of chain/contracts",
    "",
    ...table(outcome),
    ...section(
      "Survivors without a reason",
      unexplained.map((mutant) => describe(mutant, outcome.verdictOf(mutant)?.why)),
    ),
    ...section(
      "Survivors with a reason",
      survivors
        .filter((mutant) => reasonOf(mutant) !== undefined)
        .map((mutant) => `${describe(mutant)}\n  ${reasonOf(mutant)}`),
    ),
    ...section("Reasons that nothing needs any more", old),
    "",
  ].join("\n")
  return { text, passed: unexplained.length <= unexplainedShare * survivors.length && old.length === 0 }
}
