/** How the contracts of a public suite come to know each other. */
import { type Abi, type Address, type ContractFunctionName } from "viem"
import { builtInAbis } from "../abi/builtInAbis.ts"
import type { Genesis } from "../genesis.ts"
import { publicInterface } from "../publicInterface/publicInterface.ts"
import type { SuiteAddresses } from "../suite.ts"
import { callByName } from "./callsByName.ts"
import { has } from "./capabilities.ts"
import type { ContractSet } from "./contractSet.ts"

interface WiringOptions {
  readonly genesis: Genesis
  readonly set: ContractSet
  readonly governance: Address
  readonly treasury: Address
}

/** As `public-interface` has it, then what a set has of the built-in set's wiring. Rejects with `GenesisFailed`. */
export const wirePublicSuite = async (options: WiringOptions, at: SuiteAddresses): Promise<void> => {
  const { genesis, governance: from } = options
  const staking = { from, to: at.staking, abi: publicInterface.ParticipantStaking } as const
  const project = { from, to: at.project, abi: publicInterface.Project } as const
  const tasks = { from, to: at.tasks, abi: publicInterface.TaskContract } as const
  const results = { from, to: at.results, abi: publicInterface.ResultsRewards } as const
  await genesis.call({ ...tasks, functionName: "setResultsRewardsContract", args: [at.results] })
  await genesis.call({ ...results, functionName: "setProjectContract", args: [at.project] })
  await genesis.call({ ...project, functionName: "setAuthorizedDisburser", args: [at.results, true] })
  for (const slasher of [at.results, at.forcedErrors]) {
    await genesis.call({ ...staking, functionName: "setAuthorizedSlasher", args: [slasher, true] })
  }
  await wireExtensions(options, at)
  if (at.dao === undefined) return
  const token = { from, to: at.token, abi: publicInterface.ATNToken } as const
  await genesis.call({ ...token, functionName: "setDaoAddress", args: [at.dao] })
}

type BuiltIn = typeof builtInAbis
type Wiring = {
  [C in keyof BuiltIn]: readonly [
    contract: C,
    functionName: ContractFunctionName<BuiltIn[C], "nonpayable">,
    to: Address,
    args: readonly unknown[],
  ]
}[keyof BuiltIn]

/** A set with some of the extensions needs to be told what they work with. */
const wireExtensions = async (
  { genesis, set, governance, treasury }: WiringOptions,
  at: SuiteAddresses,
): Promise<void> => {
  const calls: readonly Wiring[] = [
    ["ParticipantStaking", "setAuthorizedDutyKeeper", at.staking, [at.tasks, true]],
    ["ParticipantStaking", "setAuthorizedDutyKeeper", at.staking, [at.results, true]],
    ["ParticipantStaking", "setTreasury", at.staking, [treasury]],
    ["Project", "setTaskRewards", at.project, [at.results]],
    ["Project", "setStaking", at.project, [at.staking]],
    ["ResultsRewards", "setForcedErrorRegistry", at.results, [at.forcedErrors]],
    ["ForcedErrorRegistry", "setContracts", at.forcedErrors, [at.tasks, at.results, treasury]],
  ]
  for (const [contract, functionName, to, args] of calls) {
    if (!has(set, `${contract}.${functionName}`)) continue
    const abi: Abi = builtInAbis[contract]
    await callByName(genesis, { from: governance, to, abi, functionName, args })
  }
}
