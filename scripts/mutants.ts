/** Prints the curated mutants of the built-in contracts: what each breaks, which attack that opens, what notices. */
import { chalk } from "zx"
import { mutants, type Killer } from "../chain/mutants/mutants.ts"

const noticed = (killer: Killer): string =>
  "invariants" in killer ? `invariant ${killer.invariants.join(", ")}` : `test: ${killer.statement}`

let contract = ""
for (const mutant of mutants) {
  if (mutant.contract !== contract) console.log(`\n${chalk.bold(mutant.contract)}`)
  contract = mutant.contract
  console.log(`  ${chalk.cyan(mutant.name)}`)
  console.log(`    rule       ${mutant.rule}`)
  console.log(`    attack     ${mutant.attack}`)
  console.log(`    killed by  ${noticed(mutant.killedBy)}`)
}
const byInvariant = mutants.filter(({ killedBy }) => "invariants" in killedBy).length
console.log(
  `\n${mutants.length} mutants: ${byInvariant} die of an invariant in a run (test/run/invariants.test.ts), ` +
    `${mutants.length - byInvariant} of a statement (test/mutants).`,
)
