import { beforeAll, describe, expect, test } from "vitest"
import { capabilitiesOf, has } from "../../chain/contractSet/capabilities.ts"
import { builtInContracts, type ContractSet, contractsKey } from "../../chain/contractSet/contractSet.ts"
import { loadContractSet } from "../../chain/contractSet/loadContractSet.ts"
import { publicInterface } from "../../chain/publicInterface/publicInterface.ts"
import { testCacheDirectory } from "../compiledContracts.ts"

test("a choice is named by its source and the rules that are off, in whatever order they are given", () => {
  expect(contractsKey(builtInContracts)).toBe("builtin")
  expect(contractsKey({ source: "/abs/folder", rulesOff: [] })).toBe("/abs/folder")
  const rulesOff = ["tie-slashes", "double-payout"]
  expect(contractsKey({ source: "builtin", rulesOff })).toBe("builtin − double-payout, tie-slashes")
  expect(rulesOff).toEqual(["tie-slashes", "double-payout"])
})

describe("the built-in set", () => {
  let set: ContractSet
  beforeAll(async () => {
    set = await loadContractSet(builtInContracts, { cacheDirectory: testCacheDirectory })
  })

  test("is recognised as extended", () => {
    const { kind, missing, extensions, contracts } = set.capabilities
    expect({ kind, missing }).toEqual({ kind: "extended", missing: [] })
    expect(extensions).toContain("ResultsRewards.commitVote")
    expect(extensions).not.toContain("ResultsRewards.submitVote")
    expect(contracts).toContain("ForcedErrorRegistry")
  })

  test("has its extensions and the public functions of its contracts, and nothing else", () => {
    for (const name of ["TaskContract.commitmentFor", "TaskContract.proposeTask", "ProjectToken.balanceOf"]) {
      expect(has(set, name), name).toBe(true)
    }
    for (const name of ["TaskContract.nothing", "Nowhere.proposeTask", "proposeTask", "TaskContract"]) {
      expect(has(set, name), name).toBe(false)
    }
  })

  test("with one extension less, or with other arguments, is a public set that lacks it", () => {
    const results = set.suite.contracts["ResultsRewards"]
    if (results === undefined) throw new Error("there is no ResultsRewards")
    const without = results.abi.filter((item) => item.type !== "function" || item.name !== "commitVote")
    const other = [
      { type: "function", name: "commitVote", inputs: [], outputs: [], stateMutability: "nonpayable" },
    ]
    for (const abi of [without, [...without, ...other]] as (typeof results.abi)[]) {
      const suite = {
        ...set.suite,
        contracts: { ...set.suite.contracts, ResultsRewards: { ...results, abi } },
      }
      const capabilities = capabilitiesOf(suite)
      expect(capabilities.kind).toBe("public")
      expect(capabilities.missing).toEqual(["ResultsRewards.commitVote"])
      expect(has({ capabilities }, "ResultsRewards.commitVote")).toBe(false)
      expect(has({ capabilities }, "ResultsRewards.revealVote")).toBe(true)
    }
  })

  test("survives the way to a worker", () => {
    expect(structuredClone(set)).toEqual(set)
  })
})

test("a set of public functions only has them, and no extension", () => {
  const contracts = Object.fromEntries(
    Object.entries(publicInterface).map(([name, abi]) => [
      name,
      { name, source: "x.sol", abi, bytecode: "0x00", deployedBytecode: "0x00", codeHash: "0x00" } as const,
    ]),
  )
  const capabilities = capabilitiesOf({ compiler: "", contentHash: "", contracts })
  expect(capabilities.kind).toBe("public")
  expect(capabilities.extensions).toEqual([])
  expect(has({ capabilities }, "ResultsRewards.submitVote")).toBe(true)
  expect(has({ capabilities }, "ResultsRewards.commitVote")).toBe(false)
})
