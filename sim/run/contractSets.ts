/** What identities and manifests say of a set of contracts. */
import { keccak256 } from "viem"
import { has } from "../../chain/contractSet/capabilities.ts"
import type { ContractSet } from "../../chain/contractSet/contractSet.ts"
import { mutantNamed } from "../../chain/mutants/mutants.ts"
import type { PreparedContracts, WorldInputs } from "../experiment/runModule.ts"
import { canonicalJson } from "../kernel/canonicalJson.ts"
import { sha256Hex } from "../kernel/hash.ts"
import { uncheckedInvariants } from "../world/invariants.ts"
import type { NumbersOfSet } from "./parametersOfSet.ts"

/** The sets that the settings of an experiment name, by `contractsKey`. */
export type ContractSets = Readonly<Record<string, ContractSet>>

/** Code and interfaces: what decides how a run on the set goes. */
export const hashesOf = ({ suite }: ContractSet): WorldInputs["contracts"][string] => {
  const contracts = Object.values(suite.contracts)
  const deployable = contracts.filter(({ bytecode }) => bytecode !== "0x")
  return {
    code: Object.fromEntries(deployable.map(({ name, codeHash }) => [name, codeHash])),
    initCode: Object.fromEntries(deployable.map(({ name, bytecode }) => [name, keccak256(bytecode)])),
    interfaces: sha256Hex(canonicalJson(deployable.map(({ name, abi }) => [name, abi]))),
  }
}

export const preparedContracts = (set: ContractSet, numbers: NumbersOfSet): PreparedContracts => {
  const { choice, suite, capabilities } = set
  return {
    rulesOff: choice.rulesOff.map((name) => ({ name, rule: mutantNamed(name).rule })),
    compiler: suite.compiler,
    contentHash: suite.contentHash,
    missing: capabilities.missing,
    unchecked: uncheckedInvariants((name) => has(set, name)),
    ...numbers,
  }
}
