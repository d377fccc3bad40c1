/** From contracts that are deployed and wired to those of a scenario. */
import type { Address } from "viem"
import { atnTokenAbi } from "../../chain/abi/atnToken.ts"
import { forcedErrorRegistryAbi } from "../../chain/abi/forcedErrorRegistry.ts"
import type { ContractSet } from "../../chain/contractSet/contractSet.ts"
import { applySettings } from "../../chain/contractSet/settings.ts"
import type { Genesis } from "../../chain/genesis.ts"
import { configureSuite, distributeAtn, type SuiteAddresses } from "../../chain/suite.ts"
import type { Offers } from "../agents/protocol/offers.ts"
import { contractParameters, parameterName } from "../mechanisms/parameters.ts"
import { isAgreed } from "../mechanisms/taskCycle.ts"
import { parameterText } from "../results/parameterText.ts"
import type { Scenario } from "../scenario/scenario.ts"
import { membersOf, type CastMember } from "./cast.ts"
import { institutions } from "./institutions.ts"
import { registerCapabilities } from "./registerCapabilities.ts"
import type { WiredContracts, Wiring } from "./wiredContracts.ts"

export interface ConfigurationOptions {
  /** Of the engine on which the contracts are deployed. */
  readonly genesis: Genesis
  readonly contractSet: ContractSet
  readonly offers: Offers
  readonly scenario: Scenario
  readonly cast: readonly CastMember[]
}

const ONE_ATN = 10n ** 18n

/** What deployed and wired contracts depend on, of all that a run is made of. */
export const wiringOf = (
  contractSet: ContractSet,
  scenario: Scenario,
  cast: readonly CastMember[],
): Wiring => ({
  contractSet,
  supplyAtn: scenario.money.supplyWei / ONE_ATN,
  keeper: membersOf(cast, "keeper").at(0)?.address,
})

/**
 * Gives wired contracts the scenario's parameters and money. Rejects with `GenesisFailed` where a contract refuses,
 * `ParametersFixed` where the scenario sets what the set's bytecode fixes.
 */
export const configureContracts = async (
  options: ConfigurationOptions,
  wired: WiredContracts,
): Promise<SuiteAddresses> => {
  const { genesis, contractSet: set, offers, scenario, cast } = options
  const parameters = settingsOf(scenario)
  const { governance, treasury, holders: genesisHolder } = institutions
  if (wired.kind === "extended") {
    const { jackpotPoolWei } = scenario.money
    const money = { treasuryWei: treasuryShareOf(scenario), jackpotPoolWei }
    const beforeHandOver = (at: SuiteAddresses) => registerCapabilities(genesis, at.scorecard, options)
    const government = { governance, genesisHolder, beforeHandOver }
    return configureSuite({ genesis, ...government, parameters, ...money }, wired.at)
  }
  const { at } = wired
  const ofContracts = parameters.filter((parameter) => !isAgreed(parameter, offers))
  await applySettings({ genesis, set, governance }, at, ofContracts)
  const keeper = membersOf(cast, "keeper").at(0)?.address
  if (keeper !== undefined && offers("ForcedErrorRegistry.setKeeper")) await nameKeeper(genesis, at, keeper)
  await endowTreasury(genesis, at, scenario)
  return { ...at, treasury }
}

/** Wei of ATN that the treasury gets of the supply. */
export const treasuryShareOf = ({ money }: Scenario): bigint =>
  (money.supplyWei * BigInt(money.treasuryShareBps)) / 10_000n

/** What the scenario sets, in the order of the registry. */
const settingsOf = (scenario: Scenario) =>
  contractParameters.flatMap((parameter) => {
    const value = scenario.parameters[parameterName(parameter)]
    const write = (each: bigint) => parameterText(each, parameter.unit)
    return value === undefined ? [] : [{ ...parameter, value, write }]
  })

const nameKeeper = async (genesis: Genesis, at: SuiteAddresses, keeper: Address): Promise<void> => {
  await genesis.call({
    from: institutions.governance,
    to: at.forcedErrors,
    abi: forcedErrorRegistryAbi,
    functionName: "setKeeper",
    args: [keeper],
  })
}

/** The treasury is an account: it gets its share, and fills the pool that jackpots are paid from. */
const endowTreasury = async (genesis: Genesis, at: SuiteAddresses, scenario: Scenario): Promise<void> => {
  const { holders, treasury } = institutions
  const payments = [{ to: treasury, amount: treasuryShareOf(scenario) }]
  await distributeAtn({ genesis, token: at.token, from: holders, payments })
  const amount = scenario.money.jackpotPoolWei
  if (amount === 0n) return
  const token = { from: treasury, to: at.token, abi: atnTokenAbi } as const
  await genesis.call({ ...token, functionName: "approve", args: [at.forcedErrors, amount] })
  const registry = { from: treasury, to: at.forcedErrors, abi: forcedErrorRegistryAbi } as const
  await genesis.call({ ...registry, functionName: "fundJackpotPool", args: [amount] })
}
