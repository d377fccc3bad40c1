import { readFileSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { beforeAll, describe, expect, test } from "vitest"
import { compileContracts } from "../../chain/compile/compileContracts.ts"
import { compiledContracts, testCacheDirectory } from "../compiledContracts.ts"
import { abiModules, attackModules, moduleNameOf } from "../../scripts/abiModules.ts"

const folder = join(import.meta.dirname, "../../chain/abi")

describe("the committed ABI modules", () => {
  let expected: ReadonlyMap<string, string>
  beforeAll(async () => {
    expected = await abiModules(await compiledContracts())
  })

  test("are those of the contracts, no more and no fewer", () => {
    expect(readdirSync(folder).sort()).toEqual([...expected.keys()].sort())
  })

  test("are up to date (else: node scripts/generate-abi.ts)", () => {
    const stale = [...expected].filter(
      ([file, content]) => readFileSync(join(folder, file), "utf8") !== content,
    )
    expect(stale.map(([file]) => file)).toEqual([])
  })
})

test("the modules of attackers' contracts are up to date (else: node scripts/generate-abi.ts)", async () => {
  const contractsDirectory = join(import.meta.dirname, "../../chain/attackContracts")
  const compiled = await compileContracts({ contractsDirectory, cacheDirectory: testCacheDirectory })
  for (const [file, content] of await attackModules(compiled)) {
    expect(readFileSync(join(contractsDirectory, file), "utf8")).toBe(content)
  }
})

test("modules are named like their contracts", () => {
  const names = ["ATNToken", "ResultsRewards", "Project", "ABC", "ModelShardRegistry"]
  expect(names.map(moduleNameOf)).toEqual([
    "atnToken",
    "resultsRewards",
    "project",
    "abc",
    "modelShardRegistry",
  ])
})
