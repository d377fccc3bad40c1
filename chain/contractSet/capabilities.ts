/** What a contract set can do beyond the public interface, read from its ABIs. */
import type { Abi, AbiFunction } from "abitype"
import { erc20Abi, parseAbi } from "viem"
import { builtInAbis } from "../abi/builtInAbis.ts"
import type { CompiledSuite } from "../compile/artifact.ts"
import { offersFunction } from "../publicInterface/interfaceDifferences.ts"
import { publicInterface } from "../publicInterface/publicInterface.ts"

/** Plain data. Functions are named `Contract.function`. */
export interface Capabilities {
  /** `extended`: every extension of the built-in set is there, and it is deployed and wired like that set. */
  readonly kind: "extended" | "public"
  /** The deployable contracts, in code-unit order. */
  readonly contracts: readonly string[]
  /** Extensions of the built-in set that this one has too, with the same arguments and results. */
  readonly extensions: readonly string[]
  /** Extensions of the built-in set that this one lacks. */
  readonly missing: readonly string[]
  /** Public views of numbers for which the set has no setter; their values are read after deployment. */
  readonly fixedViews: readonly string[]
}

/** Numbers that the public interface shows and offers no setter for. */
const viewsWithoutSetter = [
  "ResultsRewards.VOTING_PERIOD_BLOCKS",
  "ResultsRewards.MIN_COORDINATORS",
  "ResultsRewards.CLIP_THRESHOLD_BPS",
  "ResultsRewards.EMA_DECAY",
  "ResultsRewards.BOND_MULTIPLIER_MAX",
  "ModelShardRegistry.DEFAULT_DATA_SHARDS",
  "ModelShardRegistry.DEFAULT_PARITY_SHARDS",
  "ModelShardRegistry.MIN_STORAGE_STAKE",
  "AutonetDAO.proposalThreshold",
  "AutonetDAO.votingDelay",
  "AutonetDAO.votingPeriod",
  "AutonetDAO.quorumVotes",
]

export const capabilitiesOf = (suite: CompiledSuite): Capabilities => {
  const extensions: string[] = []
  const missing: string[] = []
  for (const [contract, known] of Object.entries(builtInAbis)) {
    const abi = suite.contracts[contract]?.abi ?? []
    for (const item of extensionsOf(contract, known)) {
      const list = offersFunction(abi, item) ? extensions : missing
      list.push(`${contract}.${item.name}`)
    }
  }
  const contracts = Object.values(suite.contracts)
    .filter(({ bytecode }) => bytecode !== "0x")
    .map(({ name }) => name)
  const fixedViews = viewsWithoutSetter.filter((name) => {
    const [contract = ""] = name.split(".")
    return contracts.includes(contract) && !extensions.includes(`${contract}.setParameter`)
  })
  return { kind: missing.length === 0 ? "extended" : "public", contracts, extensions, missing, fixedViews }
}

/**
 * Whether a set has a function, named `Contract.function`: an extension with the same arguments and results as in
 * the built-in set, or a public function of a contract that is there.
 */
export const has = ({ capabilities }: { readonly capabilities: Capabilities }, name: string): boolean => {
  if (capabilities.extensions.includes(name)) return true
  const [contract = "", functionName] = name.split(".")
  if (contract !== projectToken && !capabilities.contracts.includes(contract)) return false
  return publicFunctions(contract).some((item) => item.name === functionName)
}

const extensionsOf = (contract: string, known: Abi): readonly AbiFunction[] => {
  const inPublic = new Set(publicFunctions(contract).map(({ name }) => name))
  return known.filter((item) => item.type === "function").filter(({ name }) => !inPublic.has(name))
}

/** Project deploys it, so a set need not list it; all that is public is that it is an ERC-20 which Project mints. */
const projectToken = "ProjectToken"
const projectTokenFunctions = [...erc20Abi, ...parseAbi(["function mint(address to, uint256 amount)"])]

const publicFunctions = (contract: string): readonly AbiFunction[] => {
  const abis: Readonly<Record<string, Abi>> = { ...publicInterface, [projectToken]: projectTokenFunctions }
  return (abis[contract] ?? []).filter((item) => item.type === "function")
}
