/** The world before virtual time starts: contracts deployed, parameters set, ATN handed out, one project funded. */
import { projectAbi } from "../../chain/abi/project.ts"
import type { ContractSet } from "../../chain/contractSet/contractSet.ts"
import type { BlockEnvironment, Engine } from "../../chain/engine/engine.ts"
import { createGenesis } from "../../chain/genesis.ts"
import { distributeAtn } from "../../chain/suite.ts"
import type { ContractAddresses } from "../agents/contracts.ts"
import type { Offers } from "../agents/protocol/participant.ts"
import type { Scenario } from "../scenario/scenario.ts"
import { accountsOf, type CastMember } from "./cast.ts"
import { deployContracts, treasuryShareOf } from "./deployment.ts"
import { foundProject } from "./foundProject.ts"
import { institutions } from "./institutions.ts"
import { PROJECT_ID } from "./trainingPlan.ts"

/** 2026-01-01 00:00:00 UTC: block 0 of every run. */
export const GENESIS_TIME_SECONDS = 1_767_225_600

/** The scenario asks for more ATN than its supply. */
export class SupplyTooSmall extends Error {
  override readonly name = "SupplyTooSmall"
}

/**
 * Rejects with `GenesisFailed` where a contract refuses, `ParametersFixed` where the set's bytecode fixes what the
 * scenario sets, `SupplyTooSmall` where the ATN do not suffice.
 */
export const createWorldAtGenesis = async (options: {
  readonly engine: Engine
  readonly contractSet: ContractSet
  readonly scenario: Scenario
  readonly cast: readonly CastMember[]
  /** Content identifier of the global model of round 0, which the project names. */
  readonly initialModel: string
  readonly offers: Offers
}): Promise<ContractAddresses> => {
  const { engine, contractSet, scenario, cast } = options
  const genesis = createGenesis({ engine, compiled: contractSet.suite, block: genesisBlock })
  const suite = await deployContracts({ ...options, genesis })
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

/** The block in which contracts are deployed. */
export const genesisBlock: BlockEnvironment = {
  number: 0n,
  timestampSeconds: BigInt(GENESIS_TIME_SECONDS),
  prevRandao: `0x${"0".repeat(64)}`,
  coinbase: `0x${"0".repeat(40)}`,
  gasLimit: 30_000_000n,
}

const paymentsOf = (scenario: Scenario, cast: readonly CastMember[]) => {
  const { money } = scenario
  const payments = [
    { to: institutions.founder, amount: money.projectFundingWei },
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
