/** The world before virtual time starts: on wired contracts, parameters set, ATN handed out, one project funded. */
import { projectAbi } from "../../chain/abi/project.ts"
import type { ContractSet } from "../../chain/contractSet/contractSet.ts"
import type { Engine } from "../../chain/engine/engine.ts"
import { createGenesis } from "../../chain/genesis.ts"
import { distributeAtn } from "../../chain/suite.ts"
import type { ContractAddresses } from "../agents/contracts.ts"
import type { Offers } from "../agents/protocol/offers.ts"
import type { Scenario } from "../scenario/scenario.ts"
import { accountsOf, founderOf, type CastMember } from "./cast.ts"
import { configureContracts, treasuryShareOf } from "./deployment.ts"
import { foundProject } from "./foundProject.ts"
import { genesisBlock } from "./genesisBlock.ts"
import { institutions } from "./institutions.ts"
import { PROJECT_ID } from "./trainingPlan.ts"
import type { WiredContracts } from "./wiredContracts.ts"

/** The scenario asks for more ATN than its supply. */
export class SupplyTooSmall extends Error {
  override readonly name = "SupplyTooSmall"
}

/**
 * Rejects with `GenesisFailed` where a contract refuses, `ParametersFixed` where the set's bytecode fixes what the
 * scenario sets, `SupplyTooSmall` where the ATN do not suffice.
 */
export const createWorldAtGenesis = async (options: {
  /** On which `wired` are. */
  readonly engine: Engine
  readonly wired: WiredContracts
  readonly contractSet: ContractSet
  readonly scenario: Scenario
  readonly cast: readonly CastMember[]
  /** Content identifier of the global model of round 0, which the project names. */
  readonly initialModel: string
  readonly offers: Offers
}): Promise<ContractAddresses> => {
  const { engine, wired, contractSet, scenario, cast } = options
  const genesis = createGenesis({ engine, compiled: contractSet.suite, block: genesisBlock })
  const suite = await configureContracts({ ...options, genesis }, wired)
  await distributeAtn({
    genesis,
    token: suite.token,
    from: institutions.holders,
    payments: paymentsOf(scenario, cast),
  })
  await foundProject(genesis, suite, options)
  const args = [PROJECT_ID] as const
  const project = { to: suite.project, abi: projectAbi } as const
  const projectToken = await genesis.read({ ...project, functionName: "getProjectToken", args })
  return { ...suite, projectToken }
}

const paymentsOf = (scenario: Scenario, cast: readonly CastMember[]) => {
  const { money } = scenario
  const payments = [
    { to: founderOf(cast), amount: money.projectFundingWei },
    ...cast.flatMap((member) =>
      accountsOf(member).map((to, place) => ({
        to,
        amount: place === 0 ? member.capitalWei : member.extraCapitalWei,
      })),
    ),
  ]
  const sum = payments.reduce((total, { amount }) => total + amount, treasuryShareOf(scenario))
  if (sum > money.supplyWei) {
    throw new SupplyTooSmall(
      `treasury, project and participants need ${sum} wei of ATN at genesis, the supply is ${money.supplyWei}; ` +
        "raise money.supplyAtn, or lower stakes, capital or counts",
    )
  }
  return payments
}
