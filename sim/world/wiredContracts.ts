/**
 * The part of genesis that runs have in common: contracts deployed and wired, before anything that depends on seed or
 * setting. It is done once a thread, and runs begin with a fork of it.
 */
import type { Address } from "viem"
import type { ContractSet } from "../../chain/contractSet/contractSet.ts"
import { deployWiredPublicSuite } from "../../chain/contractSet/deployPublicSuite.ts"
import type { Engine } from "../../chain/engine/engine.ts"
import type { CreateEngine } from "../../chain/engine/engines.ts"
import { createGenesis } from "../../chain/genesis.ts"
import { type BuiltInAddresses, deployWiredSuite, type SuiteAddresses } from "../../chain/suite.ts"
import { genesisBlock } from "./genesisBlock.ts"
import { institutions } from "./institutions.ts"

/** All that wired contracts depend on. */
export interface Wiring {
  readonly contractSet: ContractSet
  readonly supplyAtn: bigint
  readonly keeper: Address | undefined
}

export type WiredContracts =
  | { readonly kind: "extended"; readonly at: BuiltInAddresses }
  | { readonly kind: "public"; readonly at: SuiteAddresses }

export interface WiredEngine {
  readonly engine: Engine
  readonly contracts: WiredContracts
}

/** Rejects with `GenesisFailed` or `ContractSetRefused`. */
export const deployWired = async (engine: Engine, wiring: Wiring): Promise<WiredContracts> => {
  const { contractSet: set, supplyAtn, keeper } = wiring
  const genesis = createGenesis({ engine, compiled: set.suite, block: genesisBlock })
  const { governance, treasury, holders: genesisHolder } = institutions
  const common = { genesis, governance, genesisHolder, supplyAtn }
  if (set.capabilities.kind !== "extended")
    return { kind: "public", at: await deployWiredPublicSuite({ ...common, set, treasury }) }
  const named = keeper === undefined ? {} : { keeper }
  return { kind: "extended", at: await deployWiredSuite({ ...common, ...named }) }
}

/** Keeps the engines on which contracts were deployed, the least recently used of them for the shortest time. */
export class WiredEngines {
  readonly #capacity: number
  #kept: (WiredEngine & { readonly create: CreateEngine; readonly wiring: Wiring })[] = []

  constructor(capacity: number) {
    this.#capacity = capacity
  }

  /** An engine of the caller's own with wired contracts on it. Rejects as `deployWired`; then nothing is kept. */
  async fork(create: CreateEngine, wiring: Wiring): Promise<WiredEngine> {
    const known = this.#kept.find((each) => each.create === create && isSame(each.wiring, wiring))
    const found = known ?? { create, wiring, ...(await this.#deploy(create, wiring)) }
    this.#kept = [found, ...this.#kept.filter((each) => each !== found)].slice(0, this.#capacity)
    return { engine: await found.engine.fork(), contracts: found.contracts }
  }

  async #deploy(create: CreateEngine, wiring: Wiring): Promise<WiredEngine> {
    const engine = await create()
    const contracts = await deployWired(engine, wiring)
    engine.forgetHistory()
    return { engine, contracts }
  }
}

/** Sets are compared as objects: a thread has one for each choice of contracts. */
const isSame = (a: Wiring, b: Wiring): boolean =>
  a.contractSet === b.contractSet && a.supplyAtn === b.supplyAtn && a.keeper === b.keeper
