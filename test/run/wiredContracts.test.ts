/** Runs begin with a fork of deployed and wired contracts, and nothing tells. */
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { builtInContracts, type ContractChoice } from "../../chain/contractSet/contractSet.ts"
import { loadContractSet } from "../../chain/contractSet/loadContractSet.ts"
import type { Engine } from "../../chain/engine/engine.ts"
import { createEngine, defaultEngine } from "../../chain/engine/engines.ts"
import { addressFromName } from "../../chain/wallet.ts"
import { deployWired, WiredEngines, type Wiring } from "../../sim/world/wiredContracts.ts"
import { testCacheDirectory as cacheDirectory } from "../compiledContracts.ts"
import { overriding } from "../chain/overriding.ts"
import { playScenario } from "./playScenario.ts"

const plain: ContractChoice = {
  source: fileURLToPath(new URL("../../chain/plain/hardhat", import.meta.url)),
  rulesOff: [],
}
const wiringOn = async (choice: ContractChoice): Promise<Wiring> => ({
  contractSet: await loadContractSet(choice, { cacheDirectory }),
  supplyAtn: 10_000_000n,
  keeper: addressFromName("keeper-1"),
})

/** A factory that counts what it made. */
const counting = () => {
  const made: Engine[] = []
  const create = async () => {
    const engine = await createEngine(defaultEngine)
    made.push(engine)
    return engine
  }
  return { made, create }
}

test.each([
  ["built-in", builtInContracts],
  ["plain", plain],
])("a fork of wired %s contracts is what a deployment of one's own would be", async (_name, choice) => {
  const wiring = await wiringOn(choice)
  const own = await createEngine(defaultEngine)
  const contracts = await deployWired(own, wiring)
  const engines = new WiredEngines(2)
  const { create, made } = counting()
  for (let run = 0; run < 3; run++) {
    const fork = await engines.fork(create, wiring)
    expect(fork.contracts).toEqual(contracts)
    expect(await fork.engine.accounts()).toEqual(await own.accounts())
    // What one run does is nothing to the next.
    await fork.engine.setBalance(addressFromName("keeper-1"), 1n)
  }
  expect(made).toHaveLength(1)
})

test("contracts are deployed anew for each thing that they depend on, and the least recently used are forgotten", async () => {
  const wiring = await wiringOn(plain)
  const engines = new WiredEngines(2)
  const { create, made } = counting()
  const others = counting()
  await engines.fork(create, wiring)
  await engines.fork(create, { ...wiring, supplyAtn: 1_000_000n })
  expect(made).toHaveLength(2)
  await engines.fork(create, wiring)
  await engines.fork(create, { ...wiring, keeper: undefined })
  expect(made).toHaveLength(3)
  await engines.fork(create, wiring)
  expect(made).toHaveLength(3)
  await engines.fork(create, { ...wiring, supplyAtn: 1_000_000n })
  expect(made).toHaveLength(4)
  await engines.fork(others.create, { ...wiring, supplyAtn: 1_000_000n })
  expect([made.length, others.made.length]).toEqual([4, 1])
})

test("a deployment that fails is not kept", async () => {
  const wiring = await wiringOn(plain)
  const engines = new WiredEngines(2)
  const { create, made } = counting()
  const impossible = { ...wiring, supplyAtn: -1n }
  for (let attempt = 1; attempt <= 2; attempt++) {
    await expect(engines.fork(create, impossible)).rejects.toThrow(/-1/)
    expect(made).toHaveLength(attempt)
  }
})

test("a run on a fork has the digest of a run on the engine that its contracts were deployed on", async () => {
  const unforked = async (): Promise<Engine> => {
    const engine = await createEngine(defaultEngine)
    return overriding(engine, { fork: () => engine })
  }
  const { digest } = await playScenario({ createEngine: unforked })
  const { create, made } = counting()
  const { contractSet } = await wiringOn(builtInContracts)
  const forked = async () => (await playScenario({ createEngine: create, contractSet })).digest
  expect(await forked()).toBe(digest)
  expect(await forked()).toBe(digest)
  expect(made).toHaveLength(1)
})
