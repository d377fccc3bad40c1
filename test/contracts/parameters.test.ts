import { readFileSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { type Hex, hexToString } from "viem"
import { beforeAll, describe, expect, test } from "vitest"
import { builtInContractsDirectory } from "../../chain/compile/compileContracts.ts"
import { parameterKey } from "../../chain/suite.ts"
import {
  budget,
  createPopulatedWorld,
  founder,
  playToVoting,
  playVotes,
  proposeTask,
  proposer,
  solver,
} from "./cycle.ts"
import { ATN, type ContractName, type World, createWorld, governance } from "./world.ts"

const parameterised = [
  "staking",
  "project",
  "tasks",
  "results",
  "forcedErrors",
  "timelock",
  "dao",
  "treasury",
  "constitution",
  "scorecard",
  "disputes",
  "shards",
] as const satisfies readonly ContractName[]

describe("parameters", () => {
  let world: World
  beforeAll(async () => {
    world = await createWorld()
  })

  test("every one that a contract reads is declared, and every declared one is read", async () => {
    const sources = readdirSync(builtInContractsDirectory)
      .filter((name) => name.endsWith(".sol"))
      .map((name) => readFileSync(join(builtInContractsDirectory, name), "utf8"))
      .join("\n")
    const literals = (pattern: RegExp) =>
      new Set([...sources.matchAll(pattern)].map((match) => match[1] as string))
    const read = literals(/(?:_value|_parameterOfTasks|_configure|return|bytes32)\(?\s*"(\w+)"/g)
    const declared: string[] = []
    for (const contract of parameterised) {
      const keys = await world.read(contract, "parameterKeys", [])
      declared.push(...keys.map((key) => hexToString(key, { size: 32 })))
    }
    expect(new Set(declared).size).toBe(declared.length)
    expect([...read].filter((key) => !declared.includes(key))).toEqual([])
    expect(declared.filter((key) => !read.has(key))).toEqual([])
  })

  test("every default lies within its bounds, and the bounds themselves are accepted", async () => {
    const start = world.engine.snapshot()
    for (const contract of parameterised) {
      for (const key of await world.read(contract, "parameterKeys", [])) {
        const value = await world.read(contract, "parameter", [key])
        const [minimum, maximum] = await world.read(contract, "parameterBounds", [key])
        expect(minimum <= value && value <= maximum, hexToString(key)).toBe(true)
        for (const bound of [minimum, maximum])
          await world.send(governance, contract, "setParameter", [key, bound])
        const beyond = await world.fails(governance, contract, "setParameter", [key, maximum + 1n])
        expect(beyond).toMatch(/^ParameterOutOfBounds/)
      }
    }
    world.engine.restore(start)
  })

  test("unknown keys and other callers are refused", async () => {
    const key = parameterKey("panelSize")
    expect(await world.fails(founder, "results", "setParameter", [key, 3n])).toBe(
      `NotGovernance(${founder}, ${governance})`,
    )
    expect(await world.fails(governance, "tasks", "setParameter", [key, 3n])).toBe(`UnknownParameter(${key})`)
    const { events } = await world.send(governance, "results", "setParameter", [key, 3n])
    expect(events).toEqual([{ contract: "results", name: "ParameterSet", args: { key, value: 3n } }])
  })
})

describe("the multiplier source", () => {
  /** Runtime code that answers every call with one number: PUSH value, MSTORE, RETURN. */
  const constantContract = (value: number): Hex =>
    `0x69${`61${value.toString(16).padStart(4, "0")}5f5260205ff3`.padEnd(20, "0")}5f52600a6016f3`

  test("scales the solver's reward as it was at proposal, up to the maximum, and the reservation covers it", async () => {
    const world = await createPopulatedWorld()
    const created = await world.engine.transact(
      { from: founder, to: null, data: constantContract(40_000), value: 0n, gasLimit: 1_000_000n },
      world.environment,
    )
    await world.send(governance, "tasks", "setMultiplierSource", [created.createdAddress as Hex])
    const task = await playToVoting(world)
    expect(await world.read("tasks", "moduleOf", [task.id])).toEqual([0n, 30_000n])
    expect((await world.read("project", "ledgerOf", [1n]))[1]).toBe(budget - (10n + 4n * 15n + 30n) * ATN)
    await world.send(governance, "tasks", "setMultiplierSource", [`0x${"0".repeat(40)}`])
    await playVotes(task, () => ({ isCorrect: true, score: 50 }))
    const before = await world.balanceOf(solver)
    await task.finalise()
    expect((await world.balanceOf(solver)) - before).toBe((15n * ATN) / 2n)
  })
})

test("where autoActivate is 0 a task waits for its proposer or governance, and its schedule does not", async () => {
  const world = await createPopulatedWorld({
    parameters: [{ contract: "TaskContract", key: "autoActivate", value: 0n }],
  })
  const task = await proposeTask(world)
  await expect(task.commit(solver)).rejects.toThrow("TaskNotActive(1)")
  expect(await world.fails(founder, "tasks", "activateTask", [1n])).toBe(`MayNotActivate(1, ${founder})`)
  await world.send(proposer, "tasks", "activateTask", [1n])
  expect(await world.fails(proposer, "tasks", "activateTask", [1n])).toBe("StatusNotForward(1, 1, 1)")
  await task.commit(solver)
  expect(await world.read("tasks", "getCommittedSolvers", [1n])).toEqual([solver])
})

test("only the DAO mints and names its successor", async () => {
  const world = await createWorld()
  expect(await world.fails(founder, "token", "mint", [founder, ATN])).toBe(
    `NotDao(${founder}, ${governance})`,
  )
  await world.send(governance, "token", "setDaoAddress", [founder])
  await world.send(founder, "token", "mint", [founder, ATN])
  expect(await world.balanceOf(founder)).toBe(ATN)
  expect(await world.read("token", "CLOCK_MODE", [])).toBe("mode=blocknumber&from=default")
})
