import { expect, test } from "vitest"
import { builtInContractsDirectory } from "../../chain/compile/compileContracts.ts"
import { createClosures } from "../../chain/compile/closures.ts"
import { compileUnits } from "../../chain/compile/compileUnits.ts"
import { closeOverImports, readOwnSources } from "../../chain/compile/sources.ts"
import { mutantNamed, mutantOverrides } from "../../chain/mutants/mutants.ts"
import { compiledContracts } from "../compiledContracts.ts"

/** The sources of the whole set with a mutant in it, as the compiler is given them in one invocation. */
const mutatedUnits = (name: string) => {
  const own = readOwnSources(builtInContractsDirectory)
  for (const [file, source] of Object.entries(mutantOverrides([name]))) own.set(`contracts/${file}`, source)
  return closeOverImports(own)
}

test("what is compiled with its imports alone is what one invocation for all sources gives", async () => {
  const units = mutatedUnits("unbound-commitment")
  const emit = [
    "contracts/TaskContract.sol",
    "contracts/ProjectToken.sol",
    "contracts/ParticipantStaking.sol",
  ]
  const whole = await compileUnits(units, { emit, threads: 1 })
  const mutant = await compiledContracts(mutantOverrides(["unbound-commitment"]))
  for (const { contracts } of whole.values()) {
    for (const contract of contracts) expect(mutant.contracts[contract.name]).toEqual(contract)
  }
})

test("a mutant changes the contracts that depend on its file, and no others", async () => {
  const original = await compiledContracts()
  const mutant = await compiledContracts(mutantOverrides(["unbound-commitment"]))
  const changed = Object.keys(mutant.contracts).filter(
    (name) => mutant.contracts[name]?.codeHash !== original.contracts[name]?.codeHash,
  )
  expect(changed).toEqual([mutantNamed("unbound-commitment").contract])
  const closureOf = createClosures(mutatedUnits("unbound-commitment"))
  expect(closureOf("contracts/ProjectToken.sol")).not.toContain("contracts/TaskContract.sol")
})
