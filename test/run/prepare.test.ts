import { fileURLToPath } from "node:url"
import { beforeAll, describe, expect, test } from "vitest"
import { builtInContracts, contractsKey, type ContractChoice } from "../../chain/contractSet/contractSet.ts"
import { defaultEngine } from "../../chain/engine/engines.ts"
import { loadDataset, type DatasetName } from "../../ml/datasets/registry.ts"
import { contractParameters, parameterName } from "../../sim/mechanisms/parameters.ts"
import { prepare } from "../../sim/run/prepare.ts"
import type { Scenario } from "../../sim/scenario/scenario.ts"
import { testCacheDirectory as cacheDirectory } from "../compiledContracts.ts"

/** As far as it is looked at before any run. */
const on = (
  contracts: ContractChoice,
  parameters: Scenario["parameters"] = {},
  dataset: DatasetName = "mnist",
) => ({ contracts, parameters, learning: { dataset } }) as Scenario

const folder = (layout: string): ContractChoice => ({
  source: fileURLToPath(new URL(`../../chain/plain/${layout}`, import.meta.url)),
  rulesOff: [],
})
const plain = folder("hardhat")
const tieSlashes: ContractChoice = { source: "builtin", rulesOff: ["tie-slashes"] }

describe("preparing an experiment", () => {
  let prepared: Awaited<ReturnType<typeof prepare>>
  beforeAll(async () => {
    const scenarios = [on(builtInContracts), on(plain), on(folder("foundry")), on(tieSlashes), on(plain)]
    prepared = await prepare({ cacheDirectory, scenarios, engines: [defaultEngine] })
  }, 60_000)
  const setOf = (choice: ContractChoice) => prepared.contractSets[contractsKey(choice)]!
  const codeOf = (choice: ContractChoice) => prepared.inputs.contracts[contractsKey(choice)]?.code

  test("loads each set that a scenario names, once", () => {
    expect(Object.keys(prepared.artifacts)).toHaveLength(4)
    expect(codeOf(folder("foundry"))).toEqual(codeOf(plain))
    const changed = Object.entries(codeOf(builtInContracts)!).filter(
      ([name, hash]) => codeOf(tieSlashes)?.[name] !== hash,
    )
    expect(changed.map(([name]) => name)).toContain("ResultsSettlement")
    expect(changed.length).toBeLessThan(4)
  })

  test("lists the data sets that scenarios name, and no other", async () => {
    expect(prepared.inputs.datasets).toEqual({ mnist: loadDataset("mnist").hash })
    const scenarios = [on(builtInContracts, {}, "waveforms"), on(builtInContracts)]
    const both = await prepare({ cacheDirectory, scenarios, engines: [defaultEngine] })
    expect(both.inputs.datasets).toEqual({
      mnist: loadDataset("mnist").hash,
      waveforms: loadDataset("waveforms").hash,
    })
  })

  test("says of a rule that is off which it is", () => {
    expect(setOf(tieSlashes).rulesOff).toEqual([
      { name: "tie-slashes", rule: "A tie decides nothing and slashes nobody." },
    ])
    expect(setOf(builtInContracts).rulesOff).toEqual([])
  })

  test("lists all parameters, of which the built-in set can set every one", () => {
    expect(prepared.parameters.map(({ name }) => name)).toEqual(contractParameters.map(parameterName))
    expect([setOf(builtInContracts).parameters, setOf(builtInContracts).fixed]).toEqual([{}, []])
  })

  test("finds out what the public interface alone can set, what it fixes, and what it lacks", () => {
    const { parameters, fixed, missing, unchecked } = setOf(plain)
    expect(parameters).toMatchObject({
      "ParticipantStaking.solverMinStake": { control: "settable", value: String(50n * 10n ** 18n) },
      "ForcedErrorRegistry.expirationBlocks": { control: "settable", value: "1000" },
      "ResultsRewards.bondDecay": { control: "fixed", value: String(9n * 10n ** 17n) },
      "ResultsRewards.bondBonus": { control: "fixed", value: String(5n * 10n ** 17n) },
      "ResultsRewards.panelSize": { control: "absent", value: null },
      "TaskContract.commitBlocks": { control: "agreed", value: null },
      "TaskContract.maxSolvers": { control: "absent", value: null },
      "ModelShardRegistry.minStorageStake": { control: "fixed", value: String(50n * 10n ** 18n) },
      "ModelShardRegistry.defaultDataShards": { control: "fixed", value: "10" },
      "ModelShardRegistry.defaultParityShards": { control: "fixed", value: "4" },
    })
    expect(fixed).toContainEqual({ view: "ResultsRewards.VOTING_PERIOD_BLOCKS", value: "100" })
    expect(missing).toContain("ResultsRewards.commitVote")
    expect(unchecked.length).toBeGreaterThan(0)
  })

  test("refuses a scenario that asks for what the bytecode fixes, and no other", async () => {
    const asking = (parameters: Scenario["parameters"]) =>
      prepare({ cacheDirectory, scenarios: [on(plain, parameters)], engines: [defaultEngine] })
    await expect(
      asking({ "ResultsRewards.minVotes": 3n, "ResultsRewards.panelSize": 5n }),
    ).rejects.toMatchObject({
      _tag: "ParametersFixed",
      parameters: [
        { name: "ResultsRewards.minVotes", value: 3n, fixedAt: 2n },
        { name: "ResultsRewards.panelSize", value: 5n },
      ],
    })
    await expect(
      asking({
        "ModelShardRegistry.minStorageStake": 3n * 10n ** 18n,
        "ResultsRewards.bondDecay": 10n ** 17n,
      }),
    ).rejects.toThrow(
      "  ModelShardRegistry.minStorageStake is to be 3 ATN, and the bytecode fixes it at 50 ATN.\n" +
        "  ResultsRewards.bondDecay is to be 0.1, and the bytecode fixes it at 0.9.\n",
    )
    const allowed = {
      "ResultsRewards.minVotes": 2n,
      "ParticipantStaking.solverMinStake": 1n,
      "TaskContract.commitBlocks": 100n,
    }
    await expect(asking(allowed)).resolves.toBeDefined()
  })
})
