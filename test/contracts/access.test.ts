import { type Address, type Hex, encodeDeployData, getAddress } from "viem"
import { describe, expect, test } from "vitest"
import { contractOf } from "../../chain/compile/artifact.ts"
import { parameterKey } from "../../chain/suite.ts"
import { createPopulatedWorld, founder, outsider, proposeTask, solver } from "./cycle.ts"
import { underTest } from "./underTest.ts"
import { ATN, type ContractName, type World, governance } from "./world.ts"

const zero: Address = `0x${"0".repeat(40)}`
const bytes: Hex = `0x${"1".repeat(64)}`

interface Setting {
  readonly contract: ContractName
  readonly call: string
  readonly args: readonly unknown[]
  /** What governance's call says that it did. */
  readonly event: string
  readonly says: Readonly<Record<string, unknown>>
}
const setting = (
  contract: ContractName,
  call: string,
  args: readonly unknown[],
  event: string,
  says: Setting["says"],
): Setting => {
  return { contract, call, args, event, says }
}

/** Everything that is governance's alone and always allowed to it. */
const settings: readonly Setting[] = [
  setting("staking", "setAuthorizedSlasher", [founder, true], "SlasherAuthorized", {
    slasher: founder,
    authorized: true,
  }),
  setting("staking", "setAuthorizedDutyKeeper", [founder, true], "DutyKeeperAuthorized", {
    keeper: founder,
    authorized: true,
  }),
  setting("staking", "setTreasury", [founder], "TreasuryChanged", { treasury: founder }),
  setting("staking", "setMinStake", [2, 7n], "MinStakeUpdated", { role: 2, newMinStake: 7n }),
  setting("staking", "setLockupDuration", [2, 7n], "LockupUpdated", { role: 2, newLockupSeconds: 7n }),
  setting("project", "setAuthorizedDisburser", [founder, true], "DisburserAuthorized", {
    disburser: founder,
    authorized: true,
  }),
  setting("project", "setAuthorizedModelSetter", [founder, true], "ModelSetterAuthorized", {
    setter: founder,
    authorized: true,
  }),
  setting("project", "setTaskRewards", [founder], "TaskRewardsChanged", { taskRewards: founder }),
  setting("project", "setStaking", [founder], "StakingChanged", { staking: founder }),
  setting("tasks", "setResultsRewardsContract", [founder], "ResultsRewardsChanged", {
    resultsRewards: founder,
  }),
  setting("tasks", "setMultiplierSource", [founder], "MultiplierSourceChanged", { source: founder }),
  setting("results", "setProjectContract", [founder], "ProjectContractChanged", { project: founder }),
  setting("results", "setForcedErrorRegistry", [founder], "ForcedErrorRegistryChanged", {
    registry: founder,
  }),
  setting("forcedErrors", "setJackpotAmount", [7n], "ConfigUpdated", {
    parameter: "jackpotAmount",
    newValue: 7n,
  }),
  setting("forcedErrors", "setSlashAmount", [7n], "ConfigUpdated", {
    parameter: "slashAmountForMissed",
    newValue: 7n,
  }),
  setting("forcedErrors", "setForcedErrorProbability", [7n], "ConfigUpdated", {
    parameter: "forcedErrorProbability",
    newValue: 7n,
  }),
  setting("forcedErrors", "setExpirationBlocks", [7n], "ConfigUpdated", {
    parameter: "expirationBlocks",
    newValue: 7n,
  }),
  setting("forcedErrors", "setContracts", [founder, solver, outsider], "ContractsChanged", {
    taskContract: founder,
    resultsRewards: solver,
    treasury: outsider,
  }),
  setting("forcedErrors", "setKeeper", [founder], "KeeperChanged", { keeper: founder }),
]

type AnySend = (from: Address, contract: string, call: string, args: readonly unknown[]) => Promise<never>
const attempt = (world: World, from: Address, { contract, call, args }: Setting): Promise<string> =>
  (world.fails as unknown as AnySend).call(world, from, contract, call, args)
const make = (world: World, from: Address, { contract, call, args }: Setting) =>
  (world.send as unknown as AnySend).call(world, from, contract, call, args) as ReturnType<World["send"]>

describe("what is governance's alone", () => {
  test("is refused to everybody else, founders too, and says what it did", async () => {
    const world = await createPopulatedWorld()
    const start = world.engine.snapshot()
    for (const each of settings) {
      for (const stranger of [outsider, founder])
        expect(await attempt(world, stranger, each), each.call).toBe(
          `NotGovernance(${stranger}, ${governance})`,
        )
      const { events } = await make(world, governance, each)
      expect(events.at(-1), each.call).toEqual({ contract: each.contract, name: each.event, args: each.says })
      world.engine.restore(start)
    }
  })

  test("an authorisation can be taken back", async () => {
    const world = await createPopulatedWorld()
    for (const authorized of [true, false])
      await world.send(governance, "staking", "setAuthorizedSlasher", [founder, authorized])
    expect(await world.fails(founder, "staking", "slash", [solver, ATN, "spite"])).toBe(
      `NotSlasher(${founder})`,
    )
  })

  test("is handed over to an address that is not zero, by nobody else", async () => {
    const world = await createPopulatedWorld()
    for (const contract of ["staking", "project", "tasks", "results", "forcedErrors"] as const) {
      expect(await world.fails(outsider, contract, "setGovernance", [outsider])).toBe(
        `NotGovernance(${outsider}, ${governance})`,
      )
      expect(await world.fails(governance, contract, "setGovernance", [zero])).toBe("ZeroAddress()")
      const { events } = await world.send(governance, contract, "setGovernance", [founder])
      expect(events).toEqual([{ contract, name: "GovernanceChanged", args: { governance: founder } }])
      expect(await world.fails(governance, contract, "setParameter", [bytes, 1n])).toBe(
        `NotGovernance(${governance}, ${founder})`,
      )
    }
  })

  test("is never nobody's from the start", async () => {
    const world = await createPopulatedWorld()
    const { abi, bytecode } = contractOf(await underTest.compile({}), "TaskContract")
    const deploy = (by: Address) => {
      const data = encodeDeployData({ abi, bytecode, args: [world.at.staking, by] })
      const message = { from: founder, to: null, data, value: 0n, gasLimit: 30_000_000n }
      return world.engine.transact(message, world.environment)
    }
    expect((await deploy(zero)).status).toBe("reverted")
    expect((await deploy(founder)).status).toBe("success")
  })

  test("a parameter takes its bounds and nothing beyond them", async () => {
    const world = await createPopulatedWorld()
    const key = parameterKey("minVotes")
    const set = (value: bigint) => world.fails(governance, "results", "setParameter", [key, value])
    expect([await set(0n), await set(17n)]).toEqual([
      `ParameterOutOfBounds(${key}, 0, 1, 16)`,
      `ParameterOutOfBounds(${key}, 17, 1, 16)`,
    ])
    const unknown = parameterKey("noSuchParameter")
    await expect(world.read("results", "parameter", [unknown])).rejects.toThrow(
      `UnknownParameter(${unknown})`,
    )
    await expect(world.read("results", "parameterBounds", [unknown])).rejects.toThrow("UnknownParameter")
  })
})

describe("what is a contract's alone", () => {
  test("is refused to accounts, governance too", async () => {
    const world = await createPopulatedWorld()
    await proposeTask(world)
    const refusals = [
      await world.fails(governance, "tasks", "recordScore", [1n, solver, 100n]),
      await world.fails(governance, "tasks", "archiveTask", [1n]),
      await world.fails(governance, "results", "openTask", [2n, 1n, founder, 0n, 0n, 1n]),
      await world.fails(governance, "project", "reserveForTask", [1n, 9n, founder, ATN]),
      await world.fails(governance, "project", "closeReserve", [1n, true]),
      await world.fails(governance, "project", "payFromReserve", [1n, governance, ATN]),
      await world.fails(governance, "project", "settleShares", [1n, founder, outsider]),
      await world.fails(governance, "forcedErrors", "settleTrap", [1n, [], []]),
      await world.fails(governance, "forcedErrors", "closeForcedError", [1n, true]),
      await world.fails(governance, "staking", "openDuty", [founder]),
      await world.fails(governance, "staking", "closeDuty", [solver]),
      await world.fails(governance, "staking", "slash", [solver, 1n, "spite"]),
    ]
    expect(refusals).toEqual([
      `NotResultsRewards(${governance})`,
      `NotResultsRewards(${governance})`,
      `NotTaskContract(${governance})`,
      `NotTaskRewards(${governance})`,
      `NotTaskRewards(${governance})`,
      `NotDisburser(${governance})`,
      `NotProjectToken(1, ${governance})`,
      `NotResultsRewards(${governance})`,
      `NotResultsRewards(${governance})`,
      `NotDutyKeeper(${governance})`,
      `NotDutyKeeper(${governance})`,
      `NotSlasher(${governance})`,
    ])
  })

  test("a project's token is minted by the project contract only", async () => {
    const world = await createPopulatedWorld()
    const token = await world.read("project", "getProjectToken", [1n])
    expect(await world.fails(governance, "projectToken", "mint", [governance, ATN], token)).toBe(
      `NotProject(${governance}, ${getAddress(world.at.project)})`,
    )
  })
})

describe("the ATN token", () => {
  test("names a successor of its DAO by the DAO only, and never nobody", async () => {
    const world = await createPopulatedWorld()
    expect(await world.fails(founder, "token", "setDaoAddress", [founder])).toBe(
      `NotDao(${founder}, ${governance})`,
    )
    expect(await world.fails(governance, "token", "setDaoAddress", [zero])).toBe("ZeroDao()")
    const { events } = await world.send(governance, "token", "setDaoAddress", [founder])
    expect(events).toEqual([
      { contract: "token", name: "DaoAddressChanged", args: { newDaoAddress: founder } },
    ])
  })
})
