import fc from "fast-check"
import { readFileSync } from "node:fs"
import { join } from "node:path"
import { type Abi, type Address, getAddress, parseAbi } from "viem"
import { beforeAll, describe, expect, test } from "vitest"
import { type CompiledSuite, contractOf } from "../../chain/compile/artifact.ts"
import { compileContracts } from "../../chain/compile/compileContracts.ts"
import { capabilitiesOf } from "../../chain/contractSet/capabilities.ts"
import { type ArgumentMeaning, matchConstructor } from "../../chain/contractSet/constructorArguments.ts"
import { type ContractSet, builtInContracts } from "../../chain/contractSet/contractSet.ts"
import { loadContractSet } from "../../chain/contractSet/loadContractSet.ts"
import { parameterKey } from "../../chain/suite.ts"
import { ContractSetRefused, ParametersFixed } from "../../chain/contractSet/errors.ts"
import type { PublicSetting } from "../../chain/contractSet/settings.ts"
import { deployPublicSuite } from "../../chain/contractSet/deployPublicSuite.ts"
import { createEthereumJsEngine } from "../../chain/engine/ethereumjs/createEthereumJsEngine.ts"
import { createGenesis } from "../../chain/genesis.ts"
import { plainFolder } from "../../scripts/plainPackages.ts"
import { testCacheDirectory } from "../compiledContracts.ts"
import { environmentOf } from "../contracts/contractWorld.ts"
import { ATN, createPlainWorld, governance, holder, plainSet, treasury } from "../contracts/plainWorld.ts"

let plain: ContractSet
beforeAll(async () => {
  plain = await plainSet()
})

describe("a public set", () => {
  test("is wired like the public suite, and governed by its deployer", async () => {
    const { at, read } = await worldOf(plain)
    expect(await read("tasks", "resultsRewardsContract", [])).toBe(getAddress(at.results))
    expect(await read("results", "projectContract", [])).toBe(getAddress(at.project))
    expect(await read("project", "authorizedDisbursers", [at.results])).toBe(true)
    for (const slasher of [at.results, at.forcedErrors]) {
      expect(await read("staking", "authorizedSlashers", [slasher])).toBe(true)
    }
    expect(await read("token", "daoAddress", [])).toBe(getAddress(at.dao))
    for (const contract of ["staking", "project", "tasks", "results", "forcedErrors"] as const) {
      expect(await read(contract, "governance", []), contract).toBe(getAddress(governance))
    }
    for (const contract of ["project", "shards", "dao"] as const) {
      expect(await read(contract, "owner", []), contract).toBe(getAddress(governance))
    }
    expect(await read("dao", "treasury", [])).toBe(getAddress(treasury))
    expect(await read("token", "balanceOf", [holder])).toBe(9_980_000n * ATN)
  })

  test("without a DAO and a shard registry leaves the token to its deployer", async () => {
    const { AutonetDAO: _dao, ModelShardRegistry: _shards, ...contracts } = plain.suite.contracts
    const suite = { ...plain.suite, contracts }
    const set: ContractSet = { ...plain, suite, capabilities: capabilitiesOf(suite) }
    const { at, fixed, read } = await deploy(set)
    expect([at.dao, at.shards]).toEqual([undefined, undefined])
    expect(await read("ATNToken", at.token, "daoAddress")).toBe(getAddress(governance))
    expect(new Set(fixed.map(({ contract }) => contract))).toEqual(new Set(["ResultsRewards"]))
  })

  test("tells the numbers that its bytecode fixes", async () => {
    const { suite } = await worldOf(plain)
    const fixed = Object.fromEntries(
      suite.fixed.map(({ contract, view, value }) => [`${contract}.${view}`, value]),
    )
    expect(fixed).toEqual({
      "ResultsRewards.VOTING_PERIOD_BLOCKS": 100n,
      "ResultsRewards.MIN_COORDINATORS": 2n,
      "ResultsRewards.CLIP_THRESHOLD_BPS": 2_000n,
      "ResultsRewards.EMA_DECAY": (9n * ATN) / 10n,
      "ResultsRewards.BOND_MULTIPLIER_MAX": (15n * ATN) / 10n,
      "ModelShardRegistry.DEFAULT_DATA_SHARDS": 10n,
      "ModelShardRegistry.DEFAULT_PARITY_SHARDS": 4n,
      "ModelShardRegistry.MIN_STORAGE_STAKE": 50n * ATN,
      "AutonetDAO.proposalThreshold": 1_000n * ATN,
      "AutonetDAO.votingDelay": 7_200n,
      "AutonetDAO.votingPeriod": 50_400n,
      "AutonetDAO.quorumVotes": 100_000n * ATN,
    })
    expect(Object.keys(fixed)).toEqual(plain.capabilities.fixedViews)
  })
})

describe("parameters of a scenario", () => {
  const minStake: PublicSetting = {
    contract: "ParticipantStaking",
    key: "solverMinStake",
    value: 7n,
    publicSetter: { functionName: "setMinStake", args: [2] },
    publicView: { functionName: "minStakeAmount", args: [2] },
  }
  const minVotes = (value: bigint): PublicSetting => ({
    contract: "ResultsRewards",
    key: "minVotes",
    value,
    publicView: { functionName: "MIN_COORDINATORS", args: [] },
  })
  const bondBonus = (value: bigint): PublicSetting => ({
    contract: "ResultsRewards",
    key: "bondBonus",
    value,
    publicView: { functionName: "BOND_MULTIPLIER_MAX", args: [], offset: ATN },
  })
  const panelSize: PublicSetting = { contract: "ResultsRewards", key: "panelSize", value: 5n }

  test("go through public setters, and may name what the bytecode has anyway", async () => {
    const parameters = [minStake, minVotes(2n), bondBonus(ATN / 2n)]
    const world = await createPlainWorld({ set: plain, parameters })
    expect(await world.read("staking", "minStakeAmount", [2])).toBe(7n)
    expect(await world.read("staking", "minStakeAmount", [3])).toBe(500n * ATN)
  })

  test("that the bytecode fixes at other values are refused, all of them by name", async () => {
    const parameters = [minStake, minVotes(3n), panelSize, bondBonus(0n)]
    const error: unknown = await createPlainWorld({ set: plain, parameters }).catch(
      (thrown: unknown) => thrown,
    )
    expect(error).toBeInstanceOf(ParametersFixed)
    expect((error as ParametersFixed).parameters).toEqual([
      { name: "ResultsRewards.minVotes", value: 3n, written: "3", fixedAt: 2n, fixedAtWritten: "2" },
      { name: "ResultsRewards.panelSize", value: 5n, written: "5" },
      {
        name: "ResultsRewards.bondBonus",
        value: 0n,
        written: "0",
        fixedAt: ATN / 2n,
        fixedAtWritten: String(ATN / 2n),
      },
    ])
    expect(String(error)).toContain("ResultsRewards.minVotes is to be 3, and the bytecode fixes it at 2.")
    expect(String(error)).toContain("ResultsRewards.panelSize is to be 5, and the bytecode has no setter")
  })
})

/** The plain constructors with other orders and other names, by file: from, to. */
const rearranged: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  "ATNToken.sol": [
    ["/// @param initialSupply in", "/// @param _supply in"],
    ["address initialHolder, uint256 initialSupply", "uint256 _supply, address _holder"],
    ["_mint(initialHolder, initialSupply *", "_mint(_holder, _supply *"],
  ],
  "ParticipantStaking.sol": [
    ["address atnToken_, address governance_", "address _initialOwner, address TOKEN"],
    ["Governed(governance_)", "Governed(_initialOwner)"],
    ["IERC20(atnToken_)", "IERC20(TOKEN)"],
  ],
  "TaskContract.sol": [
    ["address staking_, address governance_", "address admin, address _participantStaking"],
    ["Governed(governance_)", "Governed(admin)"],
    ["IParticipantStaking(staking_)", "IParticipantStaking(_participantStaking)"],
  ],
  "ResultsRewards.sol": [
    [
      "address taskContract_, address staking_, address governance_",
      "address _governor, address taskContractAddress, address stakingContract",
    ],
    ["Governed(governance_)", "Governed(_governor)"],
    ["ITaskContract(taskContract_)", "ITaskContract(taskContractAddress)"],
    ["IParticipantStaking(staking_)", "IParticipantStaking(stakingContract)"],
  ],
  "ForcedErrorRegistry.sol": [
    [
      "address atnToken_, address staking_, address governance_",
      "address _staking, address _governance, address _atn",
    ],
    ["Governed(governance_)", "Governed(_governance)"],
    ["IERC20(atnToken_)", "IERC20(_atn)"],
    ["IParticipantStaking(staking_)", "IParticipantStaking(_staking)"],
  ],
  "ModelShardRegistry.sol": [["address staking_, address owner_", "address owner_, address staking_"]],
  "AutonetDAO.sol": [["address votingToken_, address treasury_", "address treasury_, address votingToken_"]],
}

const replaceOnce = (file: string, text: string, from: string, to: string): string => {
  const parts = text.split(from)
  if (parts.length !== 2) throw new Error(`${file} holds "${from}" ${parts.length - 1} times`)
  return parts.join(to)
}

/** Some ten seconds of compilation, once: the cache keeps it. */
const COMPILING_MS = 180_000

/** Project keeps its own: its pipeline takes too long for a test. */
const compileRearranged = (): Promise<CompiledSuite> => {
  const contractsDirectory = join(plainFolder, "contracts")
  const changed = Object.entries(rearranged).map(([file, edits]) => {
    const source = readFileSync(join(contractsDirectory, file), "utf8")
    return [file, edits.reduce((text, [from, to]) => replaceOnce(file, text, from, to), source)] as const
  })
  const overrides = { ...Object.fromEntries(changed), "Project.sol": "pragma solidity 0.8.37;" }
  return compileContracts({ cacheDirectory: testCacheDirectory, contractsDirectory, overrides })
}

describe("constructors", () => {
  test(
    "with parameters in another order and under other names give the same world",
    async () => {
      const compiled = await compileRearranged()
      const { Project, ProjectToken } = plain.suite.contracts
      if (Project === undefined || ProjectToken === undefined) throw new Error("the plain set has projects")
      const suite = { ...compiled, contracts: { ...compiled.contracts, Project, ProjectToken } }
      const set: ContractSet = { ...plain, suite, capabilities: capabilitiesOf(suite) }
      const { at, read } = await worldOf(set)
      expect(await read("staking", "atnToken", [])).toBe(getAddress(at.token))
      expect(await read("tasks", "staking", [])).toBe(getAddress(at.staking))
      expect(await read("results", "taskContract", [])).toBe(getAddress(at.tasks))
      expect(await read("results", "staking", [])).toBe(getAddress(at.staking))
      expect(await read("forcedErrors", "atnToken", [])).toBe(getAddress(at.token))
      expect(await read("forcedErrors", "staking", [])).toBe(getAddress(at.staking))
      expect(await read("shards", "staking", [])).toBe(getAddress(at.staking))
      expect(await read("dao", "votingToken", [])).toBe(getAddress(at.token))
      expect(await read("dao", "treasury", [])).toBe(getAddress(treasury))
      for (const contract of ["staking", "tasks", "results", "forcedErrors"] as const) {
        expect(await read(contract, "governance", []), contract).toBe(getAddress(governance))
      }
      expect(await read("shards", "owner", [])).toBe(getAddress(governance))
      expect(await read("token", "totalSupply", [])).toBe(10_000_000n * ATN)
    },
    COMPILING_MS,
  )

  test("are understood in any order, case and dress of their names", () => {
    const spellings: Readonly<Partial<Record<ArgumentMeaning, readonly string[]>>> = {
      token: ["atnToken", "token", "atn", "votingToken"],
      staking: ["staking", "participantStaking", "stakingContract", "stakingAddress"],
      tasks: ["taskContract", "tasks"],
      project: ["project", "projectContract"],
      governance: ["governance", "owner", "initialOwner", "admin"],
      treasury: ["treasury", "treasuryAddr"],
      initialHolder: ["initialHolder"],
      initialSupply: ["initialSupply"],
    }
    const meanings = Object.keys(spellings) as ArgumentMeaning[]
    const dress = fc.tuple(fc.constantFrom("", "_", "__"), fc.constantFrom("", "_"), fc.boolean())
    const parameter = (meaning: ArgumentMeaning) =>
      fc
        .tuple(fc.constantFrom(...(spellings[meaning] ?? [])), dress)
        .map(([name, [before, behind, loud]]) => ({
          meaning,
          name: `${before}${loud ? name.toUpperCase() : name}${behind}`,
          type: meaning === "initialSupply" ? "uint256" : "address",
        }))
    const parameters = fc.shuffledSubarray(meanings).chain((chosen) => fc.tuple(...chosen.map(parameter)))
    fc.assert(
      fc.property(parameters, (list) => {
        const inputs = list.map(({ name, type }) => ({ name, type }))
        const abi = [{ type: "constructor", stateMutability: "nonpayable", inputs }] as Abi
        const matched = matchConstructor("X", abi)
        expect(matched).toEqual({ meanings: list.map(({ meaning }) => meaning), problems: [] })
      }),
    )
  })

  test("without parameters, or none at all, want nothing", () => {
    expect(matchConstructor("X", [])).toEqual({ meanings: [], problems: [] })
    expect(matchConstructor("X", parseAbi(["constructor()"]))).toEqual({ meanings: [], problems: [] })
  })

  test("decide the order: a contract is deployed after those that its constructor names", async () => {
    // Staking that asks for the task contract, which asks for staking: neither can be first.
    const waits = parseAbi(["constructor(address token, address taskContract)"])
    const staking = plain.suite.contracts["ParticipantStaking"]
    if (staking === undefined) throw new Error("the plain set has staking")
    const abi = [...staking.abi.filter(({ type }) => type !== "constructor"), ...waits]
    const contracts = { ...plain.suite.contracts, ParticipantStaking: { ...staking, abi } }
    const error: unknown = await createPlainWorld({
      set: { ...plain, suite: { ...plain.suite, contracts } },
    }).catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ContractSetRefused)
    expect((error as ContractSetRefused).problems.map(({ where }) => where)).toEqual([
      "ParticipantStaking",
      "TaskContract",
      "ResultsRewards",
      "ForcedErrorRegistry",
      "ModelShardRegistry",
    ])
  })
})

describe("a set with some of the extensions", () => {
  test("is wired for them, and takes parameters by setParameter where it has that", async () => {
    const builtIn = await loadContractSet(builtInContracts, { cacheDirectory: testCacheDirectory })
    const results = contractOf(builtIn.suite, "ResultsRewards")
    const abi = results.abi.filter((item) => !("name" in item) || item.name !== "commitVote")
    const contracts = { ...builtIn.suite.contracts, ResultsRewards: { ...results, abi } }
    const suite = { ...builtIn.suite, contracts }
    const set: ContractSet = { ...builtIn, suite, capabilities: capabilitiesOf(suite) }
    expect(set.capabilities).toMatchObject({ kind: "public", missing: ["ResultsRewards.commitVote"] })
    const panelSize: PublicSetting = { contract: "ResultsRewards", key: "panelSize", value: 3n }
    const { at, fixed, read } = await deploy(set, [panelSize])
    expect(await read("ParticipantStaking", at.staking, "treasury")).toBe(getAddress(treasury))
    expect(await read("ParticipantStaking", at.staking, "authorizedDutyKeepers", [at.tasks])).toBe(true)
    expect(await read("ParticipantStaking", at.staking, "authorizedDutyKeepers", [at.results])).toBe(true)
    expect(await read("ResultsRewards", at.results, "parameter", [parameterKey("panelSize")])).toBe(3n)
    expect(fixed.filter(({ contract }) => contract === "ResultsRewards")).toEqual([])
  })
})

/** At genesis only; views of the built-in contracts by name. */
const deploy = async (set: ContractSet, parameters: readonly PublicSetting[] = []) => {
  const engine = await createEthereumJsEngine()
  const genesis = createGenesis({ engine, compiled: set.suite, block: environmentOf(0n) })
  const accounts = { governance, treasury, genesisHolder: holder }
  const { at, fixed } = await deployPublicSuite({ genesis, set, ...accounts, parameters })
  const read = (contract: string, to: Address, functionName: string, args: readonly unknown[] = []) => {
    const abi: Abi = contractOf(set.suite, contract).abi
    return (genesis.read as (request: object) => Promise<unknown>)({ to, abi, functionName, args })
  }
  return { at, fixed, read }
}

const worldOf = async (set: ContractSet) => {
  const world = await createPlainWorld({ set })
  const at: Readonly<Record<string, Address>> & typeof world.at = world.at
  return { suite: world.suite, at, read: world.read.bind(world) as typeof world.read }
}
