/** The packaged plain set on the real EVM, loaded and deployed as a run does it, called through the public interface. */
import { join } from "node:path"
import type { AbiParametersToPrimitiveTypes, ExtractAbiFunction, ExtractAbiFunctionNames } from "abitype"
import {
  type Abi,
  type Address,
  type Hex,
  decodeEventLog,
  decodeFunctionResult,
  encodeFunctionData,
  erc20Abi,
  keccak256,
  stringToHex,
} from "viem"
import type { ContractSet } from "../../chain/contractSet/contractSet.ts"
import { type PublicSuite, deployPublicSuite } from "../../chain/contractSet/deployPublicSuite.ts"
import { loadContractSet } from "../../chain/contractSet/loadContractSet.ts"
import type { PublicSetting } from "../../chain/contractSet/settings.ts"
import type { BlockEnvironment, Engine, Execution } from "../../chain/engine/engine.ts"
import { createEthereumJsEngine } from "../../chain/engine/ethereumjs/createEthereumJsEngine.ts"
import { createGenesis } from "../../chain/genesis.ts"
import { publicInterface } from "../../chain/publicInterface/publicInterface.ts"
import { errorTableOf, revertReasonOf } from "../../chain/revertReason.ts"
import { addressFromName } from "../../chain/wallet.ts"
import { plainFolder } from "../../scripts/plainPackages.ts"

export const ATN = 10n ** 18n
export const governance = addressFromName("governance")
export const treasury = addressFromName("treasury")
export const holder = addressFromName("genesis holder")
const secondsPerBlock = 12n
const genesisSeconds = 1_700_000_000n

export const abis = {
  token: publicInterface.ATNToken,
  staking: publicInterface.ParticipantStaking,
  project: publicInterface.Project,
  tasks: publicInterface.TaskContract,
  results: publicInterface.ResultsRewards,
  forcedErrors: publicInterface.ForcedErrorRegistry,
  shards: publicInterface.ModelShardRegistry,
  dao: publicInterface.AutonetDAO,
  projectToken: erc20Abi,
} as const
type Abis = typeof abis
export type PlainContract = Exclude<keyof Abis, "projectToken">
type Known<N extends keyof Abis> = ExtractAbiFunctionNames<Abis[N]>
type Inputs<N extends keyof Abis, F extends Known<N>> = AbiParametersToPrimitiveTypes<
  ExtractAbiFunction<Abis[N], F>["inputs"],
  "inputs"
>
type Outputs<N extends keyof Abis, F extends Known<N>> = AbiParametersToPrimitiveTypes<
  ExtractAbiFunction<Abis[N], F>["outputs"],
  "outputs"
>
type Result<N extends keyof Abis, F extends Known<N>> =
  Outputs<N, F> extends readonly [infer Only] ? Only : Outputs<N, F>

export interface DecodedEvent {
  readonly contract: PlainContract
  readonly name: string
  readonly args: Readonly<Record<string, unknown>>
}

/** A call that was expected to succeed and reverted, or the other way round. */
export class UnexpectedOutcome extends Error {}

const noErrors = errorTableOf([])

export class PlainWorld {
  blockNumber = 1n
  extraSeconds = 0n
  readonly engine: Engine
  readonly suite: PublicSuite
  readonly at: Readonly<Record<PlainContract, Address>>

  constructor(engine: Engine, suite: PublicSuite) {
    const { shards, dao } = suite.at
    if (shards === undefined || dao === undefined) throw new Error("the plain set has shards and a DAO")
    this.engine = engine
    this.suite = suite
    this.at = { ...suite.at, shards, dao }
  }

  get environment(): BlockEnvironment {
    return environmentOf(this.blockNumber, this.extraSeconds)
  }

  /** Sends a transaction that must succeed; gives its events. */
  async send<N extends PlainContract, F extends ExtractAbiFunctionNames<Abis[N], "nonpayable">>(
    from: Address,
    contract: N,
    functionName: F,
    args: Inputs<N, F>,
  ): Promise<readonly DecodedEvent[]> {
    const execution = await this.transact(from, contract, functionName, args)
    if (execution.status !== "success") {
      throw new UnexpectedOutcome(`${functionName}: ${revertReasonOf(execution, noErrors).reason}`)
    }
    return this.decodeEvents(execution)
  }

  /** Sends a transaction that must revert; gives the reason. */
  async fails<N extends PlainContract, F extends ExtractAbiFunctionNames<Abis[N], "nonpayable">>(
    from: Address,
    contract: N,
    functionName: F,
    args: Inputs<N, F>,
  ): Promise<string> {
    const execution = await this.transact(from, contract, functionName, args)
    if (execution.status === "success") throw new UnexpectedOutcome(`${functionName} succeeded`)
    return revertReasonOf(execution, noErrors).reason
  }

  /** What a call would return, its effects undone. */
  async call<N extends keyof Abis, F extends Known<N>>(
    from: Address,
    contract: N,
    functionName: F,
    args: Inputs<N, F>,
    to: Address = this.at[contract as PlainContract],
  ): Promise<Result<N, F>> {
    const data = encode(contract, functionName, args)
    const message = { from, to, data, value: 0n, gasLimit: 30_000_000n }
    const execution = await this.engine.view(message, this.environment)
    if (execution.status !== "success") {
      throw new UnexpectedOutcome(`${functionName}: ${revertReasonOf(execution, noErrors).reason}`)
    }
    return decode(contract, functionName, execution.returnData) as Result<N, F>
  }

  read<N extends keyof Abis, F extends Known<N>>(
    contract: N,
    functionName: F,
    args: Inputs<N, F>,
    to: Address = this.at[contract as PlainContract],
  ): Promise<Result<N, F>> {
    return this.call(holder, contract, functionName, args, to)
  }

  balanceOf(account: Address): Promise<bigint> {
    return this.read("token", "balanceOf", [account])
  }

  async stakeOf(account: Address): Promise<bigint> {
    return (await this.read("staking", "getStake", [account])).amount
  }

  mine(blocks: number | bigint): void {
    this.blockNumber += BigInt(blocks)
  }

  private async transact(
    from: Address,
    contract: PlainContract,
    functionName: string,
    args: unknown,
  ): Promise<Execution> {
    const data = encode(contract, functionName, args)
    const message = { from, to: this.at[contract], data, value: 0n, gasLimit: 30_000_000n }
    return this.engine.transact(message, this.environment)
  }

  /** Of the set's contracts; project tokens have addresses of their own. */
  private decodeEvents(execution: Execution): readonly DecodedEvent[] {
    return execution.logs.flatMap(({ address, topics, data }) => {
      const known = Object.entries(this.at).find(([, at]) => at.toLowerCase() === address.toLowerCase())
      if (known === undefined) return []
      const contract = known[0] as PlainContract
      const event = decodeEventLog({ abi: abis[contract] as Abi, topics: topics as [Hex, ...Hex[]], data })
      const args = (event.args ?? {}) as unknown as Readonly<Record<string, unknown>>
      return [{ contract, name: event.eventName ?? "", args }]
    })
  }
}

const encode = (contract: keyof Abis, functionName: string, args: unknown): Hex =>
  encodeFunctionData({ abi: abis[contract] as Abi, functionName, args: args as readonly unknown[] })

const decode = (contract: keyof Abis, functionName: string, data: Hex): unknown =>
  decodeFunctionResult({ abi: abis[contract] as Abi, functionName, data })

export const environmentOf = (number: bigint, extraSeconds = 0n): BlockEnvironment => ({
  number,
  timestampSeconds: genesisSeconds + number * secondsPerBlock + extraSeconds,
  prevRandao: keccak256(stringToHex(`randao ${number}`)),
  coinbase: addressFromName("builder"),
  gasLimit: 30_000_000n,
})

export const plainSet = (): Promise<ContractSet> =>
  loadContractSet({ source: join(plainFolder, "hardhat"), rulesOff: [] }, { cacheDirectory: undefined })

export interface PlainWorldOptions {
  readonly set?: ContractSet
  readonly accounts?: readonly Address[]
  readonly parameters?: readonly PublicSetting[]
}

/** Every listed account, and governance, holds 20,000 ATN and has approved staking, projects and forced errors. */
export const createPlainWorld = async (options: PlainWorldOptions = {}): Promise<PlainWorld> => {
  const { set = await plainSet(), accounts = [], parameters = [] } = options
  const engine = await createEthereumJsEngine()
  const genesis = createGenesis({ engine, compiled: set.suite, block: environmentOf(0n) })
  const suite = await deployPublicSuite({
    genesis,
    set,
    governance,
    treasury,
    genesisHolder: holder,
    parameters,
  })
  const world = new PlainWorld(engine, suite)
  for (const account of [...accounts, governance]) {
    await world.send(holder, "token", "transfer", [account, 20_000n * ATN])
    for (const spender of [world.at.staking, world.at.project, world.at.forcedErrors]) {
      await world.send(account, "token", "approve", [spender, 2n ** 256n - 1n])
    }
  }
  return world
}
