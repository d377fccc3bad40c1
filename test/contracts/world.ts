/** The built-in contracts on the real EVM, with a block number that the test moves. */
import { type Address, type Hex, getContractAddress, zeroHash } from "viem"
import { allErrorsAbi } from "../../chain/abi/allErrors.ts"
import { aggregationDisputesAbi } from "../../chain/abi/aggregationDisputes.ts"
import { capabilityScorecardAbi } from "../../chain/abi/capabilityScorecard.ts"
import { atnTokenAbi } from "../../chain/abi/atnToken.ts"
import { autonetDAOAbi } from "../../chain/abi/autonetDAO.ts"
import { constitutionAbi } from "../../chain/abi/constitution.ts"
import { forcedErrorRegistryAbi } from "../../chain/abi/forcedErrorRegistry.ts"
import { modelShardRegistryAbi } from "../../chain/abi/modelShardRegistry.ts"
import { participantStakingAbi } from "../../chain/abi/participantStaking.ts"
import { projectTokenAbi } from "../../chain/abi/projectToken.ts"
import { resultsRewardsAbi } from "../../chain/abi/resultsRewards.ts"
import { taskContractAbi } from "../../chain/abi/taskContract.ts"
import { timelockAbi } from "../../chain/abi/timelock.ts"
import { treasuryAbi } from "../../chain/abi/treasury.ts"
import type { CompiledSuite } from "../../chain/compile/artifact.ts"
import { underTest } from "./underTest.ts"
import type { Engine } from "../../chain/engine/engine.ts"
import { createGenesis } from "../../chain/genesis.ts"
import { errorTableOf } from "../../chain/revertReason.ts"
import {
  type BuiltInAddresses,
  type DeploySuiteOptions,
  type SuiteParameter,
  deploySuite,
  distributeAtn,
  wholeProjectAbi,
} from "../../chain/suite.ts"
import type { ChainLog } from "../../chain/transaction.ts"
import { addressFromName } from "../../chain/wallet.ts"
import {
  ATN,
  ContractWorld,
  type DecodedEvent as EventOf,
  type Inputs,
  type Mutating,
  environmentOf,
  genesisHolder,
  governance,
} from "./contractWorld.ts"

export { ATN, UnexpectedOutcome, genesisHolder, governance } from "./contractWorld.ts"

export const atn = (amount: number): bigint => BigInt(Math.round(amount * 1e6)) * 10n ** 12n

export const abis = {
  token: atnTokenAbi,
  staking: participantStakingAbi,
  project: wholeProjectAbi,
  tasks: taskContractAbi,
  results: resultsRewardsAbi,
  forcedErrors: forcedErrorRegistryAbi,
  scorecard: capabilityScorecardAbi,
  timelock: timelockAbi,
  dao: autonetDAOAbi,
  treasury: treasuryAbi,
  constitution: constitutionAbi,
  disputes: aggregationDisputesAbi,
  shards: modelShardRegistryAbi,
  projectToken: projectTokenAbi,
} as const
type Abis = typeof abis
export type ContractName = keyof Abis

export type DecodedEvent = EventOf<ContractName>

export interface Sent {
  readonly gasUsed: bigint
  readonly events: readonly DecodedEvent[]
  readonly returnData: Hex
}

/** The treasury's contract, which the deployer creates as its seventh. */
export const treasury = getContractAddress({ from: governance, nonce: 6n })
export const keeper = addressFromName("keeper")

export class World extends ContractWorld<Abis> {
  readonly at: Readonly<Record<ContractName, Address>>
  /** Of all transactions so far, as a chain would give them. */
  readonly logs: ChainLog[] = []

  constructor(engine: Engine, suite: BuiltInAddresses) {
    super(engine, abis, errorTableOf(allErrorsAbi))
    this.at = { ...suite, projectToken: suite.token }
  }

  /** Sends a transaction that must succeed. */
  async send<N extends ContractName, F extends Mutating<Abis, N>>(
    from: Address,
    contract: N,
    functionName: F,
    args: Inputs<Abis, N, F>,
    to?: Address,
  ): Promise<Sent> {
    const execution = await this.transact(from, contract, functionName, args, to)
    const place = { blockNumber: this.blockNumber, transactionHash: zeroHash, transactionIndex: 0 }
    this.logs.push(...execution.logs.map((log, logIndex) => ({ ...log, ...place, logIndex })))
    return {
      gasUsed: execution.gasUsed,
      events: this.decodeEvents<ContractName>(execution, "projectToken"),
      returnData: execution.returnData,
    }
  }

  balanceOf(account: Address): Promise<bigint> {
    return this.read("token", "balanceOf", [account])
  }

  async stakeOf(account: Address): Promise<bigint> {
    return (await this.read("staking", "getStake", [account])).amount
  }

  /** What it gives goes back to this moment, as often as it is called: state, block, time and logs. */
  remember(): () => void {
    const { engine, blockNumber, extraSeconds } = this
    const [state, logs] = [engine.snapshot(), this.logs.length]
    return () => {
      engine.restore(state)
      this.blockNumber = blockNumber
      this.extraSeconds = extraSeconds
      this.logs.length = logs
    }
  }
}

export interface WorldOptions {
  readonly parameters?: readonly SuiteParameter[]
  /** Contract sources that replace the built-in ones, by file name. */
  readonly overrides?: Readonly<Record<string, string>>
  /** Contracts in place of those under test; then there are no overrides. */
  readonly compiled?: CompiledSuite
  readonly accounts?: readonly Address[]
  /** Deployment's other options, such as `governedBy: "timelock"`: here `governance` keeps all powers by default. */
  readonly deployment?: Partial<DeploySuiteOptions>
}

/** A deployed, wired set; every listed account holds 20,000 ATN and has approved all contracts. */
export const createWorld = async (options: WorldOptions = {}): Promise<World> => {
  const compiled = options.compiled ?? (await underTest.compile(options.overrides ?? {}))
  const engine = await underTest.createEngine()
  const genesis = createGenesis({ engine, compiled, block: environmentOf(0n) })
  const parameters = options.parameters ?? []
  const accountsOfDeployment = { governance, genesisHolder, keeper, governedBy: "deployer" } as const
  const suite = await deploySuite({ genesis, ...accountsOfDeployment, parameters, ...options.deployment })
  const world = new World(engine, suite)
  const accounts = [...(options.accounts ?? []), keeper, genesisHolder]
  const payments = accounts
    .filter((account) => account !== genesisHolder)
    .map((to) => ({ to, amount: 20_000n * ATN }))
  await distributeAtn({ genesis, token: suite.token, from: genesisHolder, payments })
  for (const account of accounts) {
    for (const spender of [suite.staking, suite.project, suite.forcedErrors, suite.disputes]) {
      await world.send(account, "token", "approve", [spender, 2n ** 256n - 1n])
    }
  }
  return world
}
