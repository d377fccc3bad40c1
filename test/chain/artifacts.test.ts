import { cpSync, readFileSync, renameSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, describe, expect, test } from "vitest"
import { has } from "../../chain/contractSet/capabilities.ts"
import { builtInContracts } from "../../chain/contractSet/contractSet.ts"
import { loadContractSet } from "../../chain/contractSet/loadContractSet.ts"
import { cycleContracts } from "../../chain/publicInterface/publicInterface.ts"
import { plainFolder } from "../../scripts/plainPackages.ts"
import { testCacheDirectory } from "../compiledContracts.ts"
import { hashesOf } from "../../sim/run/contractSets.ts"
import { ArtifactFolder, type ArtifactJson, type Item, type Layout } from "./artifactFolder.ts"

const made: ArtifactFolder[] = []
const plain = (layout: Layout = "hardhat"): ArtifactFolder => {
  const folder = ArtifactFolder.plain(layout)
  made.push(folder)
  return folder
}
const empty = (): ArtifactFolder => {
  const folder = new ArtifactFolder()
  made.push(folder)
  return folder
}
afterEach(() => {
  for (const { path } of made.splice(0)) rmSync(path, { recursive: true, force: true })
})

const load = (source: string) => loadContractSet({ source, rulesOff: [] }, { cacheDirectory: undefined })
const codeHashes = (set: Awaited<ReturnType<typeof load>>) =>
  Object.fromEntries(Object.values(set.suite.contracts).map(({ name, codeHash }) => [name, codeHash]))

describe("a folder of artifacts", () => {
  test("of Hardhat and of Foundry gives the same contracts", async () => {
    const [hardhat, foundry] = await Promise.all([
      load(join(plainFolder, "hardhat")),
      load(join(plainFolder, "foundry")),
    ])
    expect(Object.keys(codeHashes(hardhat))).toEqual(
      [...cycleContracts, "AutonetDAO", "ModelShardRegistry", "ProjectToken"].sort(),
    )
    expect(codeHashes(foundry)).toEqual(codeHashes(hardhat))
    expect(foundry.suite.contentHash).toBe(hardhat.suite.contentHash)
    expect(foundry.capabilities).toEqual(hardhat.capabilities)
    expect(foundry.suite.compiler).toMatch(/^0\.8\.37\+commit/)
    expect(hardhat.suite.compiler).toBe("not stated by the artifacts")
  })

  test.each([
    ["the folder itself", "hardhat/artifacts"],
    ["a folder in it", "hardhat/artifacts/contracts"],
    ["Foundry's folder itself", "foundry/out"],
  ])("may be named by %s", async (_, below) => {
    expect((await load(join(plainFolder, below))).capabilities.kind).toBe("public")
  })

  test("has no extension and names the numbers without setters, where it has the public interface only", async () => {
    const set = await load(join(plainFolder, "foundry"))
    expect(set.capabilities.extensions).toEqual([])
    expect(set.capabilities.missing).toContain("ResultsRewards.commitVote")
    expect(set.capabilities.fixedViews).toContain("ResultsRewards.EMA_DECAY")
    expect(set.capabilities.fixedViews).toContain("AutonetDAO.quorumVotes")
    expect(has(set, "ResultsRewards.submitVote")).toBe(true)
    expect(has(set, "ProjectToken.transfer")).toBe(true)
    expect(structuredClone(set)).toEqual(set)
  })

  test("needs the contracts of the training cycle and no others", async () => {
    const folder = plain()
    for (const name of ["AutonetDAO", "ModelShardRegistry", "ProjectToken"]) rmSync(folder.fileOf(name))
    const set = await folder.load()
    expect(Object.keys(set.suite.contracts)).toEqual([...cycleContracts].sort())
    expect(has(set, "AutonetDAO.propose")).toBe(false)
    expect(has(set, "ProjectToken.transfer")).toBe(true)
    expect(set.capabilities.fixedViews).not.toContain("AutonetDAO.quorumVotes")
  })

  test("may hold debug files, build information, packages, and contracts that are nobody's", async () => {
    const folder = plain()
    const copy = readFileSync(folder.fileOf("Project"), "utf8")
    folder.write("artifacts/contracts/Project.sol/Project.dbg.json", '{"_format":"hh-sol-dbg-1"}')
    folder.write("artifacts/build-info/x.sol/Project.json", copy)
    folder.write("node_modules/other/artifacts/Project.sol/Project.json", copy)
    folder.write(".cache/Project.sol/Project.json", copy)
    folder.write("foundry.json", "not an artifact")
    folder.write("artifacts/contracts/Mock.sol/Mock.json", copy.replace('"Project"', '"Mock"'))
    folder.write("artifacts/lib/Mock.sol/Mock.json", copy.replace('"Project"', '"Mock"'))
    expect((await folder.load()).suite).toEqual((await load(join(plainFolder, "hardhat"))).suite)
  })

  test("of Foundry without metadata is read by the names of its files, versions taken off", async () => {
    const folder = plain("foundry")
    const file = join(folder.path, "out/Project.sol/Project.json")
    folder.change("Project", (artifact) => delete artifact.metadata, file)
    renameSync(file, join(folder.path, "out/Project.sol/Project.0.8.37.json"))
    const set = await folder.load()
    expect(set.suite.contracts["Project"]?.source).toBe("Project.sol")
    expect(codeHashes(set)).toEqual(codeHashes(await load(join(plainFolder, "foundry"))))
  })

  test("may leave out empty lists in ABIs, and write its code without 0x and in capitals", async () => {
    const folder = plain()
    folder.change("ParticipantStaking", (artifact) => {
      for (const item of artifact.abi as { inputs?: readonly object[]; outputs?: readonly object[] }[]) {
        if (item.inputs?.length === 0) delete item.inputs
        if (item.outputs?.length === 0) delete item.outputs
      }
      artifact.bytecode = (artifact.bytecode as string).slice(2).toUpperCase()
    })
    const [changed, original] = [await folder.load(), await load(join(plainFolder, "hardhat"))]
    expect(changed.suite.contracts["ParticipantStaking"]?.bytecode).toBe(
      original.suite.contracts["ParticipantStaking"]?.bytecode,
    )
  })
})

describe("a refusal says what is wrong, where, and what would be right", () => {
  test("of no folder, or a file", async () => {
    const folder = plain()
    const [absent] = (await folder.refusal("absent")).problems
    expect(absent).toMatchObject({ kind: "not-a-folder", where: join(folder.path, "absent") })
    expect((await folder.refusal("artifacts/contracts/Project.sol/Project.json")).problems).toMatchObject([
      { kind: "not-a-folder", wrong: "it is a file and no folder" },
    ])
  })

  test("of a folder without artifacts", async () => {
    const folder = empty()
    folder.write("contracts/Project.sol", "contract Project {}")
    const refusal = await folder.refusal()
    expect(refusal.problems).toMatchObject([{ kind: "no-artifacts", where: folder.path }])
    expect(refusal.message).toContain("npx hardhat compile, or forge build")
  })

  test("of both layouts in one folder: which two", async () => {
    const folder = plain()
    cpSync(join(plainFolder, "foundry/out"), join(folder.path, "out"), { recursive: true })
    const [problem, ...others] = (await folder.refusal()).problems
    expect(others).toEqual([])
    expect(problem?.kind).toBe("both-layouts")
    expect(problem?.right).toContain(
      `${join(folder.path, "artifacts/contracts")} or ${join(folder.path, "out")}`,
    )
    await expect(folder.load("out")).resolves.toBeDefined()
  })

  test("of a damaged or foreign file, and all of them", async () => {
    const folder = plain()
    folder.write("artifacts/contracts/TaskContract.sol/TaskContract.json", "{")
    folder.change("Project", (artifact) => (artifact.bytecode = "0xzz"))
    folder.change("ATNToken", (artifact) => artifact.abi.push({ type: 3 } as unknown as Item))
    const { problems } = await folder.refusal()
    expect(problems.map(({ kind }) => kind)).toEqual(Array(3).fill("malformed-artifact"))
    expect(problems.map(({ where }) => where)).toEqual(
      ["ATNToken", "Project", "TaskContract"].map((name) => `artifacts/contracts/${name}.sol/${name}.json`),
    )
    expect(problems[0]?.wrong).toMatch(/abi.*type/)
    expect(problems[1]?.wrong).toMatch(/hexadecimal.*bytecode/)
    expect(problems[2]?.wrong).toMatch(/JSON/)
  })

  test("of a name that two artifacts have", async () => {
    const folder = plain()
    folder.write("artifacts/old/Project.sol/Project.json", readFileSync(folder.fileOf("Project"), "utf8"))
    const [problem] = (await folder.refusal()).problems
    expect(problem).toMatchObject({ kind: "duplicate-contract", where: "Project" })
    expect(problem?.wrong).toContain(
      "artifacts/contracts/Project.sol/Project.json and artifacts/old/Project.sol/Project.json",
    )
  })

  test("of contracts that are missing: each, and what was found", async () => {
    const folder = plain()
    for (const name of ["TaskContract", "ATNToken"]) rmSync(folder.fileOf(name))
    const { problems, message } = await folder.refusal()
    expect(problems).toMatchObject([
      { kind: "missing-contract", where: "ATNToken" },
      { kind: "missing-contract", where: "TaskContract" },
    ])
    expect(message).toMatch(/found AutonetDAO, ClippedMean, .*ResultsRewards/)
  })

  test("of a contract that is abstract", async () => {
    const folder = plain()
    folder.change("Project", (artifact) => (artifact.bytecode = artifact.deployedBytecode = "0x"))
    expect((await folder.refusal()).problems).toMatchObject([{ kind: "no-bytecode", where: "Project" }])
  })

  test.each(["hardhat", "foundry"] as const)("of a library that is not linked (%s)", async (layout) => {
    const folder = plain(layout)
    const placeholder = `__$${"ab".repeat(17)}$__`
    const insert = (artifact: ArtifactJson): void => {
      if (typeof artifact.bytecode === "string") artifact.bytecode += placeholder
      else artifact.bytecode.object += placeholder
    }
    const file =
      layout === "hardhat" ? folder.fileOf("Project") : join(folder.path, "out/Project.sol/Project.json")
    folder.change("Project", insert, file)
    expect((await folder.refusal()).problems).toMatchObject([{ kind: "unlinked-library", where: "Project" }])
  })

  test("of code above the limit, to the byte", async () => {
    const folder = plain()
    const codeOf = (bytes: number) => `0x${"00".repeat(bytes)}`
    folder.change("Project", (artifact) => {
      artifact.deployedBytecode = codeOf(24_576)
      artifact.bytecode = codeOf(49_152)
    })
    await folder.load()
    folder.change("Project", (artifact) => {
      artifact.deployedBytecode = codeOf(24_577)
      artifact.bytecode = codeOf(49_153)
    })
    const { problems } = await folder.refusal()
    expect(problems.map(({ kind }) => kind)).toEqual(["too-large", "too-large"])
    expect(problems[0]?.wrong).toContain("24577")
    expect(problems[1]?.wrong).toContain("49153")
  })

  test("of bytecode that deploys other code than the artifact shows", async () => {
    const folder = plain()
    folder.change("ResultsRewards", (artifact) => {
      const runtime = String(artifact.deployedBytecode).slice(2)
      const other = (runtime.startsWith("6080") ? "6081" : "6080") + runtime.slice(4)
      artifact.bytecode = String(artifact.bytecode).replace(runtime, other)
    })
    expect((await folder.refusal()).problems).toMatchObject([
      { kind: "code-disagrees", where: "ResultsRewards" },
    ])
  })

  test("of nothing where only the constructor is another: the identity of runs tells the two apart", async () => {
    const folder = plain()
    const before = hashesOf(await folder.load())
    folder.change("ResultsRewards", (artifact) => (artifact.bytecode = `${String(artifact.bytecode)}00`))
    const after = hashesOf(await folder.load())
    expect(after.code).toEqual(before.code)
    expect(after.initCode["ResultsRewards"]).not.toBe(before.initCode["ResultsRewards"])
    expect(after.initCode["Project"]).toBe(before.initCode["Project"])
  })

  test("of public functions and events that are missing or other, each", async () => {
    const folder = plain()
    folder.change("ForcedErrorRegistry", (artifact) => {
      artifact.abi = artifact.abi.filter(({ name }) => name !== "expireForcedError")
    })
    folder.change("AutonetDAO", (artifact) => {
      artifact.abi = artifact.abi.map((item) =>
        item.name === "castVote" ? { ...item, inputs: [{ type: "uint256" }] } : item,
      )
    })
    const { problems } = await folder.refusal()
    expect(problems.map(({ kind, where, wrong }) => [kind, where, wrong])).toEqual([
      ["interface-differs", "ForcedErrorRegistry", "expireForcedError(uint256) is missing"],
      ["interface-differs", "AutonetDAO", "castVote takes (uint256) instead of (uint256,bool)"],
    ])
  })

  test("of a constructor that asks for what nobody knows", async () => {
    const folder = plain()
    folder.change("Project", (artifact) => {
      artifact.abi = artifact.abi.map((item) =>
        item.type === "constructor"
          ? {
              ...item,
              inputs: [
                { name: "oracle", type: "address" },
                { name: "token", type: "uint256" },
              ],
            }
          : item,
      )
    })
    const { problems } = await folder.refusal()
    expect(problems).toMatchObject([
      { kind: "constructor", where: "Project" },
      { kind: "constructor", where: "Project" },
    ])
    expect(problems[0]?.wrong).toContain("parameter 1 of its constructor, address oracle, is not understood")
    expect(problems[0]?.right).toContain("initialSupply")
    expect(problems[1]?.wrong).toContain("parameter 2 of its constructor, uint256 token, has another type")
  })

  test("of rules that are to be off", async () => {
    const loading = loadContractSet(
      { source: join(plainFolder, "hardhat"), rulesOff: ["tie-slashes"] },
      { cacheDirectory: undefined },
    )
    await expect(loading).rejects.toMatchObject({ problems: [{ kind: "rules-off", where: "tie-slashes" }] })
  })
})

describe("the built-in set", () => {
  test("packaged in a folder is the built-in set", async () => {
    const builtIn = await loadContractSet(builtInContracts, { cacheDirectory: testCacheDirectory })
    const folder = empty()
    for (const { name, source, abi, bytecode, deployedBytecode } of Object.values(builtIn.suite.contracts)) {
      const artifact = { contractName: name, sourceName: source, abi, bytecode, deployedBytecode }
      folder.write(`artifacts/${source}/${name}.json`, JSON.stringify(artifact))
    }
    const set = await folder.load()
    expect(set.capabilities).toEqual({ ...builtIn.capabilities, contracts: set.capabilities.contracts })
    expect(set.capabilities.kind).toBe("extended")
    for (const [name, hash] of Object.entries(codeHashes(set))) {
      expect(hash, name).toBe(builtIn.suite.contracts[name]?.codeHash)
    }
    // Without the interface that declares what Project's fallback answers, nobody knows that it does.
    rmSync(join(folder.path, "artifacts/contracts/interfaces/IProjectDirectory.sol"), { recursive: true })
    expect((await folder.refusal()).problems).toMatchObject([
      { kind: "interface-differs", where: "Project", wrong: "projects(uint256) is missing" },
    ])
  })

  test("packaged with another constructor is refused: it would be deployed like the built-in one", async () => {
    const builtIn = await loadContractSet(builtInContracts, { cacheDirectory: testCacheDirectory })
    const folder = empty()
    for (const { name, source, abi, bytecode, deployedBytecode } of Object.values(builtIn.suite.contracts)) {
      const other = name === "TaskContract" ? abi.filter(({ type }) => type !== "constructor") : abi
      const artifact = { contractName: name, sourceName: source, abi: other, bytecode, deployedBytecode }
      folder.write(`artifacts/${source}/${name}.json`, JSON.stringify(artifact))
    }
    expect((await folder.refusal()).problems).toMatchObject([
      { kind: "constructor", where: "TaskContract", right: "it must take (address,address)" },
    ])
  })

  test("without a rule has other code in the contract of that rule", async () => {
    const options = { cacheDirectory: testCacheDirectory }
    const builtIn = await loadContractSet(builtInContracts, options)
    const off = await loadContractSet({ source: "builtin", rulesOff: ["tie-slashes"] }, options)
    const changed = Object.keys(builtIn.suite.contracts).filter(
      (name) => off.suite.contracts[name]?.codeHash !== builtIn.suite.contracts[name]?.codeHash,
    )
    expect(changed).toHaveLength(1)
    expect(off.capabilities).toEqual(builtIn.capabilities)
    await expect(loadContractSet({ source: "builtin", rulesOff: ["no-such-rule"] }, options)).rejects.toThrow(
      'There is no rule "no-such-rule"',
    )
  })
})

test("a folder that is nowhere is refused, not looked for elsewhere", async () => {
  await expect(load(join(tmpdir(), "autonet-sim-nothing-here"))).rejects.toMatchObject({
    _tag: "ContractSetRefused",
  })
})
