import type { Abi } from "viem"
import { beforeAll, describe, expect, test } from "vitest"
import { type CompiledSuite, contractOf } from "../../chain/compile/artifact.ts"
import { interfaceDifferences, typesOf } from "../../chain/publicInterface/interfaceDifferences.ts"
import { publicInterface } from "../../chain/publicInterface/publicInterface.ts"
import { projectDirectoryAbi } from "../../chain/suite.ts"
import { compiledContracts } from "../compiledContracts.ts"

const builtIn = [
  "ATNToken",
  "ParticipantStaking",
  "Project",
  "TaskContract",
  "ResultsRewards",
  "ForcedErrorRegistry",
  "AutonetDAO",
  "ModelShardRegistry",
] as const

/** The built-in set promises names too: decoded values are read by them. */
const differences = (expected: Abi, actual: Abi) => interfaceDifferences(expected, actual, { names: true })

const constructorTypes = (abi: Abi): string => {
  const item = abi.find(({ type }) => type === "constructor")
  return item?.type === "constructor" ? typesOf(item.inputs) : ""
}

describe("the built-in set offers the public interface", () => {
  let compiled: CompiledSuite
  beforeAll(async () => {
    compiled = await compiledContracts()
  })

  const abiOf = (name: string): Abi => {
    const { abi } = contractOf(compiled, name)
    return name === "Project" ? [...abi, ...projectDirectoryAbi] : abi
  }

  test.each(builtIn)("%s: every function and event, with its arguments, results and names", (name) => {
    expect(differences(publicInterface[name], abiOf(name))).toEqual([])
    expect(constructorTypes(abiOf(name))).toBe(constructorTypes(publicInterface[name]))
  })

  test("the ABI of what Project's fallback answers is that of its Solidity interface", () => {
    const expected = publicInterface.Project.filter((item) => "name" in item && item.name === "projects")
    expect(expected).toHaveLength(1)
    expect(differences(expected, contractOf(compiled, "IProjectDirectory").abi)).toEqual([])
    expect(differences(expected, projectDirectoryAbi)).toEqual([])
  })

  test("every deployed contract keeps below the size limit of mainnet, 24,576 bytes, and its init code below 49,152", () => {
    for (const { name, deployedBytecode, bytecode } of Object.values(compiled.contracts)) {
      expect((deployedBytecode.length - 2) / 2, name).toBeLessThanOrEqual(24_576)
      expect((bytecode.length - 2) / 2, name).toBeLessThanOrEqual(49_152)
    }
  })
})
