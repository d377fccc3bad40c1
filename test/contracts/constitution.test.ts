import { type Hex, encodeDeployData, toFunctionSelector } from "viem"
import { beforeAll, beforeEach, describe, expect, test } from "vitest"
import { contractOf } from "../../chain/compile/artifact.ts"
import { principlesAtGenesis } from "../../chain/suite.ts"
import { outsider } from "./cycle.ts"
import { addressOf, createGovernedWorld, enact, keyOf, propose, state, voters } from "./government.ts"
import { underTest } from "./underTest.ts"
import { ATN, type World, createWorld, governance } from "./world.ts"

const fee = keyOf("coordinatorFee")

describe("the constitution", () => {
  let world: World
  let goBack: () => void
  beforeAll(async () => {
    world = await createWorld()
    goBack = world.remember()
  })
  beforeEach(() => goBack())
  const setBounds = (min: bigint, max: bigint) => [world.at.results, keyOf("clipBps"), min, max] as const

  test("holds seven principles, which are amended, added to and repealed in order", async () => {
    const read = () => world.read("constitution", "principles", [])
    expect(await read()).toEqual(principlesAtGenesis)
    expect(principlesAtGenesis).toHaveLength(7)
    const amend = (index: bigint, text: string) =>
      world.send(governance, "constitution", "amendPrinciple", [index, text])
    const { events } = await amend(6n, "changed")
    expect(events[0]?.args).toEqual({ index: 6n, text: "changed" })
    await amend(7n, "added")
    expect(await world.read("constitution", "principleCount", [])).toBe(8n)
    expect(await world.fails(governance, "constitution", "amendPrinciple", [9n, "far"])).toBe(
      "UnknownPrinciple(9, 8)",
    )
    expect(await world.fails(governance, "constitution", "amendPrinciple", [0n, ""])).toBe("EmptyPrinciple()")
    const repealed = await world.send(governance, "constitution", "repealPrinciple", [0n])
    expect(repealed.events[0]?.args).toEqual({ index: 0n, text: principlesAtGenesis[0] })
    expect(await read()).toEqual([...principlesAtGenesis.slice(1, 6), "changed", "added"])
    expect(await world.fails(governance, "constitution", "repealPrinciple", [7n])).toBe(
      "UnknownPrinciple(7, 7)",
    )
    await world.send(governance, "constitution", "repealPrinciple", [6n])
    expect(await world.read("constitution", "amendments", [])).toBe(4n)
  })

  test("has no empty principle from the start", async () => {
    const { abi, bytecode } = contractOf(await underTest.compile({}), "Constitution")
    const deploy = (texts: readonly string[]) => {
      const data = encodeDeployData({ abi, bytecode, args: [world.at.staking, governance, texts, []] })
      const message = { from: governance, to: null, data, value: 0n, gasLimit: 30_000_000n }
      return world.engine.transact(message, world.environment)
    }
    expect((await deploy(["one", ""])).returnData).toBe(toFunctionSelector("EmptyPrinciple()"))
    expect((await deploy(["one", "two"])).status).toBe("success")
  })

  test("bounds every parameter, at first by its technical limits", async () => {
    const limits = await world.read("results", "parameterLimits", [fee])
    expect(await world.read("constitution", "boundsOf", [world.at.results, fee])).toEqual(limits)
    expect(await world.read("results", "parameterBounds", [fee])).toEqual(limits)
    expect(await world.fails(outsider, "constitution", "setBounds", setBounds(0n, 1n))).toMatch(
      /^NotGovernance/,
    )
    const unknown = keyOf("noSuchKey")
    for (const view of ["parameterLimits", "parameterBounds"] as const)
      await expect(world.read("results", view, [unknown])).rejects.toThrow(`UnknownParameter(${unknown})`)
  })

  test("narrows bounds within the limits and around the value; contracts keep to them", async () => {
    const results = addressOf(world, "results")
    const key = keyOf("clipBps")
    const value = await world.read("results", "CLIP_THRESHOLD_BPS", [])
    expect(value).toBe(2_000n)
    const [lowest, highest] = await world.read("results", "parameterLimits", [key])
    const fails = (min: bigint, max: bigint) =>
      world.fails(governance, "constitution", "setBounds", setBounds(min, max))
    expect(await fails(value + 1n, highest)).toBe(
      `BoundsExcludeValue(${results}, ${key}, 2000, 2001, ${highest})`,
    )
    expect(await fails(lowest, value - 1n)).toMatch(/^BoundsExcludeValue/)
    expect(await fails(lowest, highest + 1n)).toBe(
      `BoundsBeyondLimits(${results}, ${key}, ${lowest}, ${highest + 1n}, ${lowest}, ${highest})`,
    )
    const { events } = await world.send(governance, "constitution", "setBounds", setBounds(value, value + 5n))
    expect(events[0]?.args).toEqual({ target: results, key, minimum: value, maximum: value + 5n })
    expect(await world.read("results", "parameterBounds", [key])).toEqual([value, value + 5n])
    expect(await world.read("results", "parameterLimits", [key])).toEqual([lowest, highest])
    const set = (to: bigint) => world.fails(governance, "results", "setParameter", [key, to])
    expect(await set(value - 1n)).toBe(`ParameterOutOfBounds(${key}, 1999, 2000, 2005)`)
    expect(await set(value + 6n)).toBe(`ParameterOutOfBounds(${key}, 2006, 2000, 2005)`)
    await world.send(governance, "results", "setParameter", [key, value + 5n])
    await world.send(governance, "constitution", "setBounds", setBounds(value + 5n, value + 5n))
    await world.send(governance, "constitution", "setBounds", setBounds(lowest, highest))
    await world.send(governance, "results", "setParameter", [key, lowest])
  })

  test("keeps a parameter whose limit does not begin at zero within it", async () => {
    const key = keyOf("votingPeriod")
    const bounds = [world.at.dao, key, 0n, 1_000_000n] as const
    expect(await world.fails(governance, "constitution", "setBounds", bounds)).toMatch(/^BoundsBeyondLimits/)
  })

  test("bounds its own numbers too, and bounds given at deployment hold from the start", async () => {
    const own = await createWorld({
      deployment: {
        bounds: [{ contract: "Constitution", key: "amendmentMajorityBps", min: 9_000n, max: 10_000n }],
      },
    })
    const key = keyOf("amendmentMajorityBps")
    expect(await own.fails(governance, "constitution", "setParameter", [key, 8_999n])).toMatch(
      /^ParameterOutOfBounds/,
    )
    await own.send(governance, "constitution", "setParameter", [key, 9_000n])
    expect(await own.read("constitution", "amendmentRules", [])).toEqual([9_000n, 2_000n])
  })

  test("protects calls by a table that can be changed, and itself without one", async () => {
    const selector = "0x12345678" as const
    const needs = (target: typeof outsider) =>
      world.read("constitution", "needsAmendment", [target, selector])
    expect(await needs(outsider)).toBe(false)
    expect(await needs(world.at.constitution)).toBe(true)
    const { events } = await world.send(governance, "constitution", "setProtectedCall", [selector, true])
    expect(events[0]?.args).toEqual({ selector, isProtected: true })
    expect(await needs(outsider)).toBe(true)
    await world.send(governance, "constitution", "setProtectedCall", [selector, false])
    expect(await needs(outsider)).toBe(false)
  })

  test("protects a call by its first argument, on one contract, by a table that can be changed", async () => {
    const selector: Hex = "0x12345678"
    const [first, second] = [keyOf("first"), keyOf("second")]
    const needs = (data: Hex, target = outsider) =>
      world.read("constitution", "needsAmendment", [target, data])
    const call = (argument: Hex): Hex => `${selector}${argument.slice(2)}`
    const protect = (isProtected: boolean) => [outsider, selector, [first, second], isProtected] as const
    expect(await needs(call(first))).toBe(false)
    expect(await world.fails(outsider, "constitution", "setProtectedArguments", protect(true))).toMatch(
      /^NotGovernance/,
    )
    const { events } = await world.send(governance, "constitution", "setProtectedArguments", protect(true))
    expect(events.map(({ args }) => args)).toEqual(
      [first, second].map((firstArgument) => ({
        target: outsider,
        selector,
        firstArgument,
        isProtected: true,
      })),
    )
    for (const argument of [first, second]) expect(await needs(call(argument))).toBe(true)
    expect(await needs(`${call(first)}00`)).toBe(true)
    expect(await needs(call(keyOf("third")))).toBe(false)
    expect(await needs(`0x87654321${first.slice(2)}`)).toBe(false)
    expect(await needs(call(first), governance)).toBe(false)
    const cut = call(first).slice(0, -2) as Hex
    for (const short of ["0x", selector, cut] as const) expect(await needs(short)).toBe(false)
    await world.send(governance, "constitution", "setProtectedArguments", protect(false))
    expect(await needs(call(first))).toBe(false)
  })
})

describe("under real votes", () => {
  test("an amendment widens what ordinary votes may set; they alone could not", async () => {
    const world = await createGovernedWorld({
      deployment: { bounds: [{ contract: "ResultsRewards", key: "coordinatorFee", min: 0n, max: 2n * ATN }] },
    })
    const beyond = await propose(world, "results", "setParameter", [fee, 3n * ATN])
    await beyond.carry()
    await beyond.ripen()
    expect(await beyond.failsToExecute()).toBe(`ParameterOutOfBounds(${fee}, ${3n * ATN}, 0, ${2n * ATN})`)
    await enact(world, "constitution", "setBounds", [world.at.results, fee, 0n, 5n * ATN])
    await enact(world, "results", "setParameter", [fee, 3n * ATN])
    expect(await world.read("results", "parameter", [fee])).toBe(3n * ATN)
  })

  test("ordinary majorities can't take power, mint, or touch the constitution's own numbers", async () => {
    const world = await createGovernedWorld()
    for (const [contract, call, args] of [
      ["token", "mint", [voters.bulk, ATN]],
      ["staking", "setGovernance", [voters.bulk]],
      ["constitution", "setParameter", [keyOf("amendmentMajorityBps"), 5_000n]],
      ["timelock", "setDao", [voters.bulk]],
    ] as const) {
      const motion = await propose(world, contract, call, args)
      expect((await world.read("dao", "termsOf", [motion.id])).majorityBps, call).toBe(9_500)
      await motion.open()
      for (const voter of ["bulk", "drop", "rival"] as const) await motion.vote(voter)
      await motion.end()
      expect(await motion.state(), call).toBe(state.defeated)
      await world.send(outsider, "constitution", "closeJury", [await motion.juryId()])
    }
  })

  test("a call that was protected after its proposal needs an amendment all the same", async () => {
    const world = await createGovernedWorld({ deployment: { governedBy: "deployer" } })
    const motion = await propose(world, "treasury", "pay", [outsider, 0n])
    await motion.carry()
    await motion.ripen()
    const selector = motion.data.slice(0, 10) as `0x${string}`
    await world.send(governance, "constitution", "setProtectedCall", [selector, true])
    expect(await motion.failsToExecute()).toBe(`NeedsAmendment(1, ${motion.target}, ${selector})`)
  })
})
