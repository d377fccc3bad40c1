import type { Address } from "viem"
import { describe, expect, test } from "vitest"
import {
  aggregator,
  closeDispute,
  createDisputed,
  createPublished,
  disputer,
  gains,
  judge,
  publication,
  replacement,
  round,
  stakeReplacement,
  stateOf,
} from "./dispute.ts"
import {
  budget,
  coordinators,
  createPopulatedWorld,
  founder,
  playToVoting,
  playVotes,
  role,
  solver,
} from "./cycle.ts"
import { ATN, governance, treasury } from "./world.ts"

describe("a disproved round", () => {
  test("is open again for a new aggregator, whose publication is another one", async () => {
    const world = await createDisputed()
    await judge(world, () => true)
    await closeDispute(world)
    await stakeReplacement(world)
    expect(await world.read("project", "lastRoundOf", [1n])).toBe(0n)
    expect(await world.read("project", "globalModelOf", round)).toBe("")
    expect(await world.read("project", "aggregatorOf", round)).toBe(`0x${"0".repeat(40)}`)
    await world.send(disputer, "project", "drawAggregator", round)
    expect(await world.read("project", "aggregatorOf", round)).toBe(replacement)
    await world.send(replacement, "project", "publishGlobalModel", [...round, "g1 again"])
    const published = await world.read("disputes", "publicationOf", round)
    expect([published.aggregator, published.state]).toEqual([replacement, publication.disputable])
    expect(await world.read("disputes", "panelOf", round)).toEqual([])
    await world.send(disputer, "disputes", "openDispute", round)
    expect(await stateOf(world)).toBe(publication.disputed)
  })

  test("pays its new aggregator for the tasks of the first one", async () => {
    const world = await createPopulatedWorld()
    const task = await playToVoting(world)
    await playVotes(task, () => ({ isCorrect: true, score: 90 }))
    await task.finalise()
    await world.send(disputer, "project", "drawAggregator", round)
    await world.send(aggregator, "project", "publishGlobalModel", [...round, "g1"])
    expect(await world.read("project", "verifiedTasksSince", [1n])).toBe(0n)
    await world.send(disputer, "disputes", "openDispute", round)
    world.mine(1)
    await judge(world, () => true)
    await closeDispute(world)
    await stakeReplacement(world)
    expect(await world.read("project", "verifiedTasksSince", [1n])).toBe(1n)
    await world.send(disputer, "project", "drawAggregator", round)
    const publish = () => world.send(replacement, "project", "publishGlobalModel", [...round, "g1 again"])
    expect(await gains(world, [replacement], publish)).toEqual([20n * ATN])
  })

  test("stays closed where a later one was published in the meantime", async () => {
    const world = await createPublished()
    await world.send(disputer, "project", "drawAggregator", [1n, 2n])
    await world.send(aggregator, "project", "publishGlobalModel", [1n, 2n, "g2"])
    await world.send(disputer, "disputes", "openDispute", round)
    world.mine(1)
    await judge(world, () => true)
    const { events } = await closeDispute(world)
    expect(events.find(({ name }) => name === "PublicationDisproved")?.args["reopened"]).toBe(false)
    expect(await world.read("project", "lastRoundOf", [1n])).toBe(2n)
    expect(await world.read("project", "globalModelOf", round)).toBe("")
    expect(await world.read("project", "globalModelOf", [1n, 2n])).toBe("g2")
    expect(await world.read("project", "aggregatorOf", round)).toBe(aggregator)
  })

  test("of a failed project refunds its token holders", async () => {
    const world = await createDisputed()
    await world.send(solver, "project", "fundProject", [1n, ATN, 0n])
    await judge(world, () => true)
    await world.send(governance, "project", "updateStatus", [1n, 5])
    await closeDispute(world)
    const [funding, free, reserved, revenue] = await world.read("project", "ledgerOf", [1n])
    expect([funding, free, reserved, revenue]).toEqual([0n, 0n, 0n, budget + ATN])
    expect(await world.balanceOf(world.at.project)).toBe(budget + ATN)
  })
})

test("only the disputes reopen a round, and only governance names them", async () => {
  const world = await createPublished()
  expect(await world.fails(founder, "project", "reopenRound", [1n, 1n, 0n])).toBe(`NotDisputes(${founder})`)
  expect(await world.fails(founder, "project", "setDisputes", [founder])).toMatch(/^NotGovernance/)
  const { events } = await world.send(governance, "project", "setDisputes", [governance])
  expect(events[0]).toMatchObject({ name: "DisputesChanged", args: { disputes: governance } })
  await world.send(governance, "project", "reopenRound", [1n, 1n, 0n])
})

test("without disputes every publication stands at once and holds nobody", async () => {
  const world = await createPopulatedWorld()
  await world.send(governance, "project", "setDisputes", [`0x${"0".repeat(40)}`])
  await world.send(disputer, "project", "drawAggregator", round)
  await world.send(aggregator, "project", "publishGlobalModel", [...round, "g1"])
  expect(await world.read("staking", "openDuties", [aggregator])).toBe(0n)
  await world.send(disputer, "project", "drawAggregator", [1n, 2n])
  await world.send(founder, "project", "setInferencePrice", [1n, ATN])
  await world.send(aggregator, "project", "setMatureModel", [1n, "g1", ATN])
})

test("who speaks for a project: founder, governance, and the aggregators of its last and next rounds", async () => {
  const world = await createPublished()
  const may = (account: Address) => world.read("project", "mayPublish", [1n, account])
  expect(await Promise.all([founder, governance, aggregator, disputer, replacement].map(may))).toEqual([
    true,
    true,
    true,
    false,
    false,
  ])
  await world.send(aggregator, "staking", "requestUnstake", [])
  await stakeReplacement(world)
  await world.send(disputer, "project", "drawAggregator", [1n, 2n])
  expect(await may(replacement)).toBe(true)
  await world.send(replacement, "project", "publishGlobalModel", [1n, 2n, "g2"])
  expect(await Promise.all([aggregator, replacement].map(may))).toEqual([false, true])
})

test("a slash can share with a beneficiary: slashers only, the beneficiary first, at most what is there", async () => {
  const world = await createPopulatedWorld()
  const [ann] = coordinators as readonly Address[] as [Address]
  const share = (amount: bigint, part: bigint) => [ann, amount, founder, part, "test"] as const
  expect(await world.fails(founder, "staking", "slashAndShare", share(ATN, ATN))).toBe(
    `NotSlasher(${founder})`,
  )
  await world.send(governance, "staking", "setAuthorizedSlasher", [governance, true])
  const slash = (amount: bigint, part: bigint) => () =>
    world.send(governance, "staking", "slashAndShare", share(amount, part))
  expect(await gains(world, [founder, treasury], slash(100n * ATN, 30n * ATN))).toEqual([
    30n * ATN,
    70n * ATN,
  ])
  const { events } = await slash(100n * ATN, 100n * ATN)()
  const moved = events
    .filter(({ name }) => name === "Transfer")
    .map(({ args }) => [args["to"], args["value"]])
  expect(moved).toEqual([[founder, 100n * ATN]])
  expect(await gains(world, [founder, treasury], slash(900n * ATN, 200n * ATN))).toEqual([
    200n * ATN,
    100n * ATN,
  ])
  expect(await gains(world, [founder, treasury], slash(900n * ATN, 200n * ATN))).toEqual([0n, 0n])
  expect(await world.read("staking", "isActiveParticipant", [ann, role.coordinator])).toBe(false)
})
