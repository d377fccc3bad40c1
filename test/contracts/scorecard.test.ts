import fc from "fast-check"
import type { Address } from "viem"
import { beforeAll, describe, expect, test } from "vitest"
import type { SuiteParameter } from "../../chain/suite.ts"
import { addressFromName } from "../../chain/wallet.ts"
import {
  contentHash,
  createPopulatedWorld,
  outsider,
  parameters,
  playVotes,
  proposer,
  role,
  solver,
  Task,
  truthCid,
} from "./cycle.ts"
import { ATN, type World, createWorld, governance } from "./world.ts"

const curators = [1, 2, 3, 4].map((i) => addressFromName(`curator ${i}`))
const [ann, bob, cleo, dan] = curators as unknown as readonly [Address, Address, Address, Address]
const stranger = addressFromName("stranger")
const vision = 7n

/** Four authorised curators at stake; module 7 with a target of 80 %. */
const createScored = async (options: readonly SuiteParameter[] = [], target = 8_000n): Promise<World> => {
  const world = await createWorld({ accounts: [...curators, stranger], parameters: options })
  for (const curator of curators) {
    await world.send(curator, "staking", "stake", [role.curator, 500n * ATN])
    await world.send(governance, "scorecard", "setAuthorizedEvaluator", [curator, true])
  }
  await world.send(governance, "scorecard", "registerModule", [vision, "vision", target])
  return world
}

const rules = (values: Readonly<Record<string, bigint>>) => parameters("CapabilityScorecard", values)
const report = (world: World, by: Address, score: number | bigint) =>
  world.send(by, "scorecard", "reportScore", [vision, BigInt(score)])
const refusal = (world: World, by: Address, score: number | bigint) =>
  world.fails(by, "scorecard", "reportScore", [vision, BigInt(score)])
const multiplier = (world: World, module = vision) => world.read("scorecard", "multiplierBps", [module])
const card = (world: World) => world.read("scorecard", "moduleCard", [vision])
const score = async (world: World) => (await card(world)).scoreBps

describe("modules", () => {
  test("are registered by governance, once, with a target or the default one", async () => {
    const world = await createScored()
    const register = [8n, "speech", 0n] as const
    expect(await world.fails(ann, "scorecard", "registerModule", register)).toMatch(/^NotGovernance/)
    const { events } = await world.send(governance, "scorecard", "registerModule", register)
    expect(events).toEqual([
      {
        contract: "scorecard",
        name: "ModuleRegistered",
        args: { moduleId: 8n, name: "speech", targetBps: 8_000n },
      },
    ])
    expect(await world.fails(governance, "scorecard", "registerModule", register)).toBe(
      "ModuleAlreadyRegistered(8)",
    )
    expect(await world.fails(governance, "scorecard", "registerModule", [0n, "none", 1n])).toBe(
      "ModuleZero()",
    )
    expect(await world.fails(governance, "scorecard", "registerModule", [9n, "x", 10_001n])).toBe(
      "TargetOutOfBounds(10001, 1, 10000)",
    )
    await world.send(governance, "scorecard", "registerModule", [9n, "all", 10_000n])
  })

  test("are as many as a parameter allows", async () => {
    const world = await createScored(rules({ maxModules: 2n }))
    await world.send(governance, "scorecard", "registerModule", [8n, "speech", 1n])
    expect(await world.fails(governance, "scorecard", "registerModule", [9n, "text", 1n])).toBe(
      "TooManyModules(2)",
    )
  })

  test("get another target from governance alone, within 1 and 10,000", async () => {
    const world = await createScored()
    expect(await world.fails(ann, "scorecard", "setTarget", [vision, 1n])).toMatch(/^NotGovernance/)
    expect(await world.fails(governance, "scorecard", "setTarget", [8n, 1n])).toBe("UnknownModule(8)")
    for (const target of [0n, 10_001n]) {
      expect(await world.fails(governance, "scorecard", "setTarget", [vision, target])).toBe(
        `TargetOutOfBounds(${target}, 1, 10000)`,
      )
    }
    await report(world, ann, 4_000)
    const { events } = await world.send(governance, "scorecard", "setTarget", [vision, 10_000n])
    expect(events[0]).toMatchObject({ name: "TargetSet", args: { moduleId: vision, targetBps: 10_000n } })
    expect(await multiplier(world)).toBe(20_000n)
  })

  test("are read one by one or all at once", async () => {
    const world = await createScored()
    await world.send(governance, "scorecard", "registerModule", [3n, "speech", 5_000n])
    await report(world, ann, 8_000)
    await report(world, bob, 4_000)
    const seven = {
      moduleId: vision,
      name: "vision",
      targetBps: 8_000n,
      scoreBps: 6_000n,
      highScoreBps: 8_000n,
      reports: 2n,
      multiplierBps: 11_250n,
    }
    expect(await card(world)).toEqual(seven)
    expect(await world.read("scorecard", "scorecard", [])).toEqual([
      seven,
      {
        moduleId: 3n,
        name: "speech",
        targetBps: 5_000n,
        scoreBps: 0n,
        highScoreBps: 0n,
        reports: 0n,
        multiplierBps: 10_000n,
      },
    ])
    await expect(world.read("scorecard", "moduleCard", [4n])).rejects.toThrow("UnknownModule(4)")
  })
})

describe("an evaluator", () => {
  let world: World
  beforeAll(async () => {
    world = await createScored()
  })

  test("is a curator at stake whom governance has authorised, as long as both last", async () => {
    expect(await world.fails(ann, "scorecard", "setAuthorizedEvaluator", [ann, true])).toMatch(
      /^NotGovernance/,
    )
    expect(await refusal(world, stranger, 1)).toBe(`NotEvaluator(${stranger})`)
    await world.send(stranger, "staking", "stake", [role.curator, 500n * ATN])
    expect(await refusal(world, stranger, 1)).toBe(`NotEvaluator(${stranger})`)
    const { events } = await world.send(governance, "scorecard", "setAuthorizedEvaluator", [stranger, true])
    expect(events).toEqual([
      { contract: "scorecard", name: "EvaluatorAuthorized", args: { evaluator: stranger, authorized: true } },
    ])
    await report(world, stranger, 1)
    await world.send(stranger, "staking", "requestUnstake", [])
    expect(await refusal(world, stranger, 1)).toBe(`NotEvaluator(${stranger})`)
    await world.send(governance, "scorecard", "setAuthorizedEvaluator", [dan, false])
    expect(await refusal(world, dan, 1)).toBe(`NotEvaluator(${dan})`)
  })

  test("reports known modules only, at most 100 %", async () => {
    expect(await world.fails(ann, "scorecard", "reportScore", [99n, 1n])).toBe("UnknownModule(99)")
    expect(await refusal(world, ann, 10_001)).toBe("ScoreOutOfBounds(10001, 10000)")
    const { events } = await report(world, ann, 10_000)
    expect(events.map(({ name }) => name)).toEqual(["ScoreReported", "ScoreUpdated"])
    expect(events[0]?.args).toEqual({ moduleId: vision, evaluator: ann, scoreBps: 10_000n })
  })
})

describe("a score", () => {
  test("is set by the first report and moved by later ones with weight 1/(n + 1), at least 1/21", async () => {
    const world = await createScored()
    let expected = 0n
    for (let n = 0n; n < 25n; n++) {
      const reported = (n * 3_571n) % 10_001n
      const weight = n < 20n ? n : 20n
      expected = (expected * weight + reported) / (weight + 1n)
      const { events } = await report(world, ann, reported)
      expect(events.at(-1)?.args).toEqual({
        moduleId: vision,
        reportBps: reported,
        scoreBps: expected,
        reports: n + 1n,
      })
    }
    expect(await score(world)).toBe(expected)
  })

  test("moves no further than the largest step, up or down, after the first report", async () => {
    const world = await createScored(rules({ maxScoreStepBps: 100n, dampingReports: 0n }))
    await report(world, ann, 5_000)
    const seen: bigint[] = []
    for (const reported of [9_000, 5_201, 5_200, 5_100, 0, 10, 4_900, 4_800]) {
      await report(world, ann, reported)
      seen.push(await score(world))
    }
    expect(seen).toEqual([5_100n, 5_200n, 5_200n, 5_100n, 5_000n, 4_900n, 4_900n, 4_800n])
  })

  test("near 0 is not stopped by the largest step", async () => {
    const world = await createScored(rules({ maxScoreStepBps: 100n, dampingReports: 0n }))
    for (const reported of [50, 0]) await report(world, ann, reported)
    expect(await score(world)).toBe(0n)
  })

  test("counts at its highest where a parameter says so, so that sandbagging pays nothing", async () => {
    const world = await createScored(rules({ dampingReports: 0n }))
    for (const reported of [2_000, 6_000, 4_000]) await report(world, ann, reported)
    expect(await multiplier(world)).toBe(17_500n)
    await world.send(governance, "scorecard", "setParameter", [keyOf("highWaterScore"), 1n])
    expect(await multiplier(world)).toBe(11_250n)
    expect((await card(world)).highScoreBps).toBe(6_000n)
  })
})

const keyOf = (key: string) => `0x${Buffer.from(key).toString("hex").padEnd(64, "0")}` as const

describe("where several evaluators make an update", () => {
  test("the median of their reports enters as one report", async () => {
    const world = await createScored(rules({ evaluatorsPerUpdate: 3n }))
    expect((await report(world, ann, 9_000)).events.map(({ name }) => name)).toEqual(["ScoreReported"])
    expect(await multiplier(world)).toBe(10_000n)
    expect(await refusal(world, ann, 9_000)).toBe(`ReportedAlready(7, ${ann})`)
    await report(world, bob, 1_000)
    expect(await world.read("scorecard", "pendingReports", [vision])).toEqual([
      { evaluator: ann, score: 9_000 },
      { evaluator: bob, score: 1_000 },
    ])
    const { events } = await report(world, cleo, 4_000)
    expect(events.at(-1)?.args).toMatchObject({ reportBps: 4_000n, scoreBps: 4_000n, reports: 1n })
    expect(await world.read("scorecard", "pendingReports", [vision])).toEqual([])
  })

  test("of two or four it is the mean of the middle ones, rounded down", async () => {
    const world = await createScored(rules({ evaluatorsPerUpdate: 4n }))
    for (const [by, reported] of [
      [ann, 9_000],
      [bob, 101],
      [cleo, 0],
      [dan, 200],
    ] as const)
      await report(world, by, reported)
    expect(await score(world)).toBe(150n)
  })

  test("a round that took too long starts anew", async () => {
    const world = await createScored(rules({ evaluatorsPerUpdate: 2n, reportRoundBlocks: 10n }))
    await report(world, ann, 9_000)
    world.mine(11)
    await report(world, bob, 1_000)
    expect(await world.read("scorecard", "pendingReports", [vision])).toEqual([
      { evaluator: bob, score: 1_000 },
    ])
    world.mine(10)
    await report(world, ann, 3_000)
    expect(await score(world)).toBe(2_000n)
  })

  test("a report does not outlive its evaluator's authority or stake", async () => {
    const world = await createScored(rules({ evaluatorsPerUpdate: 3n }))
    await report(world, ann, 9_000)
    await report(world, bob, 8_000)
    await world.send(governance, "scorecard", "setAuthorizedEvaluator", [ann, false])
    await world.send(bob, "staking", "requestUnstake", [])
    await report(world, cleo, 1_000)
    expect(await world.read("scorecard", "pendingReports", [vision])).toEqual([
      { evaluator: cleo, score: 1_000 },
    ])
  })
})

test("an evaluator waits between two reports on a module as long as a parameter says", async () => {
  const world = await createScored(rules({ reportIntervalBlocks: 50n }))
  await world.send(governance, "scorecard", "registerModule", [8n, "speech", 0n])
  await report(world, ann, 5_000)
  const from = world.blockNumber + 50n
  await world.send(ann, "scorecard", "reportScore", [8n, 5_000n])
  await report(world, bob, 5_000)
  world.mine(49)
  expect(await refusal(world, ann, 1)).toBe(`ReportTooSoon(7, ${ann}, ${from})`)
  world.mine(1)
  await report(world, ann, 5_000)
})

describe("the multiplier", () => {
  test("falls linearly from the top at 0 to the floor at the target, and never below it", async () => {
    const world = await createScored(rules({ dampingReports: 0n }))
    const start = world.engine.snapshot()
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 10_000 }),
        fc.integer({ min: 1, max: 10_000 }),
        async (scored, target) => {
          world.engine.restore(start)
          await world.send(governance, "scorecard", "setTarget", [vision, BigInt(target)])
          await report(world, ann, scored)
          const s = BigInt(Math.min(scored, target))
          const t = BigInt(target)
          expect(await multiplier(world)).toBe((30_000n * (t - s) + 5_000n * s) / t)
        },
      ),
      { numRuns: 40 },
    )
  })

  test("has bounds that governance sets, the floor at most 1.00 and the top at least", async () => {
    const world = await createScored()
    await report(world, ann, 4_000)
    expect(await world.fails(ann, "scorecard", "setMultiplierBounds", [0n, 20_000n])).toMatch(
      /^NotGovernance/,
    )
    expect(await world.fails(governance, "scorecard", "setMultiplierBounds", [10_001n, 20_000n])).toMatch(
      /^ParameterOutOfBounds/,
    )
    expect(await world.fails(governance, "scorecard", "setMultiplierBounds", [0n, 9_999n])).toMatch(
      /^ParameterOutOfBounds/,
    )
    await world.send(governance, "scorecard", "setMultiplierBounds", [10_000n, 10_000n])
    expect(await multiplier(world)).toBe(10_000n)
    await world.send(governance, "scorecard", "setMultiplierBounds", [2_000n, 20_000n])
    expect(await multiplier(world)).toBe(11_000n)
  })

  test("of a task is its module's at proposal, in all that its solvers are paid", async () => {
    const world = await createPopulatedWorld()
    await world.send(outsider, "staking", "stake", [role.curator, 500n * ATN])
    await world.send(governance, "scorecard", "setAuthorizedEvaluator", [outsider, true])
    await world.send(governance, "scorecard", "registerModule", [vision, "vision", 8_000n])
    await report(world, outsider, 4_000)
    const [spec, truth] = [contentHash("spec"), contentHash(truthCid)]
    await world.send(proposer, "tasks", "proposeTaskFor", [vision, 1n, spec, truth, 10n * ATN, 5n * ATN])
    const task = new Task(world, 1n, world.blockNumber)
    expect(await world.read("tasks", "moduleOf", [1n])).toEqual([vision, 17_500n])
    await report(world, outsider, 8_000)
    await task.commit(solver)
    task.after("commit")
    await task.revealTruth()
    task.after("truth")
    await task.reveal(solver)
    task.after("solution")
    await playVotes(task, () => ({ isCorrect: true, score: 80 }))
    const before = await world.balanceOf(solver)
    await task.finalise()
    expect((await world.balanceOf(solver)) - before).toBe(7n * ATN)
  })
})
