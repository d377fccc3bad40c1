/** The built-in contracts on the real EVM, with a block number that the test moves. */
import type { AbiParametersToPrimitiveTypes, ExtractAbiFunction, ExtractAbiFunctionNames } from "abitype"
import {
  type Abi,
  type Address,
  type Hex,
  decodeEventLog,
  decodeFunctionResult,
  encodeFunctionData,
  getContractAddress,
  keccak256,
  stringToHex,
  zeroHash,
} from "viem"
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
import type { BlockEnvironment, Engine, Execution } from "../../chain/engine/engine.ts"
import { createGenesis } from "../../chain/genesis.ts"
import { errorTableOf, revertReasonOf } from "../../chain/revertReason.ts"
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

export const ATN = 10n ** 18n
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
type Mutating = "nonpayable"
type Viewing = "view" | "pure"
type Known<N extends ContractName> = ExtractAbiFunctionNames<Abis[N]>
type Inputs<N extends ContractName, F extends Known<N>> = AbiParametersToPrimitiveTypes<
  ExtractAbiFunction<Abis[N], F>["inputs"],
  "inputs"
>
type Outputs<N extends ContractName, F extends Known<N>> = AbiParametersToPrimitiveTypes<
  ExtractAbiFunction<Abis[N], F>["outputs"],
  "outputs"
>
type Result<N extends ContractName, F extends Known<N>> =
  Outputs<N, F> extends readonly [infer Only] ? Only : Outputs<N, F>

export interface DecodedEvent {
  readonly contract: ContractName
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
}

export interface Sent {
  readonly gasUsed: bigint
  readonly events: readonly DecodedEvent[]
  readonly returnData: Hex
}

/** A call that was expected to succeed and reverted, or the other way round. */
export class UnexpectedOutcome extends Error {}

const errors = errorTableOf(allErrorsAbi)
export const governance = addressFromName("governance")
/** The treasury's contract, which the deployer creates as its seventh. */
export const treasury = getContractAddress({ from: governance, nonce: 6n })
export const genesisHolder = addressFromName("genesis holder")
export const keeper = addressFromName("keeper")
const secondsPerBlock = 12n
const genesisSeconds = 1_700_000_000n

const decode = (abi: Abi, functionName: string, data: Hex): unknown =>
  decodeFunctionResult({ abi, functionName, data })

export class World {
  blockNumber = 1n
  extraSeconds = 0n
  readonly engine: Engine
  readonly at: Readonly<Record<ContractName, Address>>
  /** Of all transactions so far, as a chain would give them. */
  readonly logs: ChainLog[] = []

  constructor(engine: Engine, suite: BuiltInAddresses) {
    this.engine = engine
    this.at = { ...suite, projectToken: suite.token }
  }

  get environment(): BlockEnvironment {
    return this.environmentAt(this.blockNumber)
  }

  environmentAt(number: bigint): BlockEnvironment {
    return {
      number,
      timestampSeconds: genesisSeconds + number * secondsPerBlock + this.extraSeconds,
      prevRandao: keccak256(stringToHex(`randao ${number}`)),
      coinbase: addressFromName("builder"),
      gasLimit: 30_000_000n,
    }
  }

  private execute(
    kind: "transact" | "view",
    from: Address,
    to: Address,
    data: Hex,
  ): Promise<Execution> | Execution {
    const message = { from, to, data, value: 0n, gasLimit: 30_000_000n }
    return this.engine[kind](message, this.environment)
  }

  encode(contract: ContractName, functionName: string, args: unknown): Hex {
    return encodeFunctionData({ abi: abis[contract] as Abi, functionName, args: args as readonly unknown[] })
  }

  /** Sends a transaction that must succeed. */
  async send<N extends ContractName, F extends ExtractAbiFunctionNames<Abis[N], Mutating>>(
    from: Address,
    contract: N,
    functionName: F,
    args: Inputs<N, F>,
    to: Address = this.at[contract],
  ): Promise<Sent> {
    const execution = await this.execute("transact", from, to, this.encode(contract, functionName, args))
    if (execution.status !== "success") {
      throw new UnexpectedOutcome(`${functionName}: ${revertReasonOf(execution, errors).reason}`)
    }
    const place = { blockNumber: this.blockNumber, transactionHash: zeroHash, transactionIndex: 0 }
    this.logs.push(...execution.logs.map((log, logIndex) => ({ ...log, ...place, logIndex })))
    return {
      gasUsed: execution.gasUsed,
      events: this.decodeEvents(execution),
      returnData: execution.returnData,
    }
  }

  /** Sends a transaction that must revert; gives the reason in words, as `Error(arg, arg)`. */
  async fails<N extends ContractName, F extends ExtractAbiFunctionNames<Abis[N], Mutating>>(
    from: Address,
    contract: N,
    functionName: F,
    args: Inputs<N, F>,
    to: Address = this.at[contract],
  ): Promise<string> {
    const execution = await this.execute("transact", from, to, this.encode(contract, functionName, args))
    if (execution.status === "success") throw new UnexpectedOutcome(`${functionName} succeeded`)
    return revertReasonOf(execution, errors).reason
  }

  async read<N extends ContractName, F extends ExtractAbiFunctionNames<Abis[N], Viewing>>(
    contract: N,
    functionName: F,
    args: Inputs<N, F>,
    to: Address = this.at[contract],
  ): Promise<Result<N, F>> {
    const execution = await this.execute("view", governance, to, this.encode(contract, functionName, args))
    if (execution.status !== "success") {
      throw new UnexpectedOutcome(`${functionName}: ${revertReasonOf(execution, errors).reason}`)
    }
    return decode(abis[contract], functionName, execution.returnData) as Result<N, F>
  }

  private decodeEvents(execution: Execution): DecodedEvent[] {
    return execution.logs.map(({ address, topics, data }) => {
      const known = Object.entries(this.at).find(([, at]) => at.toLowerCase() === address.toLowerCase())
      const contract = (known?.[0] ?? "projectToken") as ContractName
      const event = decodeEventLog({ abi: abis[contract] as Abi, topics: topics as [Hex, ...Hex[]], data })
      const args = (event.args ?? {}) as unknown as Readonly<Record<string, unknown>>
      return { contract, name: event.eventName ?? "", args }
    })
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

  mine(blocks: number | bigint): void {
    this.blockNumber += BigInt(blocks)
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
  const block = { ...new World(engine, {} as BuiltInAddresses).environment, number: 0n }
  const genesis = createGenesis({ engine, compiled, block })
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
