/** The packaged plain set on the real EVM, loaded and deployed as a run does it, called through the public interface. */
import { join } from "node:path"
import { type Address, erc20Abi } from "viem"
import type { ContractSet } from "../../chain/contractSet/contractSet.ts"
import { type PublicSuite, deployPublicSuite } from "../../chain/contractSet/deployPublicSuite.ts"
import { loadContractSet } from "../../chain/contractSet/loadContractSet.ts"
import type { PublicSetting } from "../../chain/contractSet/settings.ts"
import type { Engine } from "../../chain/engine/engine.ts"
import { createWasmEngine } from "../../chain/engine/wasm/createWasmEngine.ts"
import { createGenesis } from "../../chain/genesis.ts"
import { publicInterface } from "../../chain/publicInterface/publicInterface.ts"
import { errorTableOf } from "../../chain/revertReason.ts"
import { addressFromName } from "../../chain/wallet.ts"
import { plainFolder } from "../../scripts/plainPackages.ts"
import {
  ATN,
  ContractWorld,
  type DecodedEvent,
  type Inputs,
  type Mutating,
  environmentOf,
  genesisHolder as holder,
  governance,
} from "./contractWorld.ts"

export { ATN, governance, holder }
export const treasury = addressFromName("treasury")

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

export class PlainWorld extends ContractWorld<Abis> {
  readonly suite: PublicSuite
  readonly at: Readonly<Record<PlainContract, Address>>

  constructor(engine: Engine, suite: PublicSuite) {
    super(engine, abis, errorTableOf([]))
    const { shards, dao } = suite.at
    if (shards === undefined || dao === undefined) throw new Error("the plain set has shards and a DAO")
    this.suite = suite
    this.at = { ...suite.at, shards, dao }
  }

  /** Sends a transaction that must succeed; gives its events, without those of project tokens. */
  async send<N extends PlainContract, F extends Mutating<Abis, N>>(
    from: Address,
    contract: N,
    functionName: F,
    args: Inputs<Abis, N, F>,
  ): Promise<readonly DecodedEvent<PlainContract>[]> {
    return this.decodeEvents<PlainContract>(await this.transact(from, contract, functionName, args))
  }

  balanceOf(account: Address): Promise<bigint> {
    return this.read("token", "balanceOf", [account])
  }

  async stakeOf(account: Address): Promise<bigint> {
    return (await this.read("staking", "getStake", [account])).amount
  }
}

export const plainSet = (): Promise<ContractSet> =>
  loadContractSet({ source: join(plainFolder, "hardhat"), rulesOff: [] }, { cacheDirectory: undefined })

export interface PlainWorldOptions {
  readonly set?: ContractSet
  /** With nothing in it; a new one of the reference engine when absent. */
  readonly engine?: Engine
  readonly accounts?: readonly Address[]
  readonly parameters?: readonly PublicSetting[]
}

/** Every listed account, and governance, holds 20,000 ATN and has approved staking, projects and forced errors. */
export const createPlainWorld = async (options: PlainWorldOptions = {}): Promise<PlainWorld> => {
  const { set = await plainSet(), accounts = [], parameters = [] } = options
  const engine = options.engine ?? (await createWasmEngine())
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
