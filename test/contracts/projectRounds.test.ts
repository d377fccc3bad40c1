import { type Address, zeroAddress } from "viem"
import { describe, expect, test } from "vitest"
import {
  aggregators,
  createPopulatedWorld,
  founder,
  outsider,
  parameters,
  playToVoting,
  playVotes,
  proposeTask,
} from "./cycle.ts"
import { ATN, governance, type World } from "./world.ts"

const ledger = (world: World) => world.read("project", "ledgerOf", [1n])
const status = async (world: World) => (await world.read("project", "projects", [1n]))[4]

describe("rounds", () => {
  const [aggregator, other] = aggregators as unknown as readonly [Address, Address]
  const draw = (world: World, round: bigint) => world.send(outsider, "project", "drawAggregator", [1n, round])
  const publish = (world: World, by: Address, round: bigint) =>
    world.send(by, "project", "publishGlobalModel", [1n, round, "g"])
  const verify = async (world: World) => {
    const task = await playToVoting(world)
    await playVotes(task, () => ({ isCorrect: true, score: 90 }))
    await task.finalise()
  }
  const rewardOf = ({ events }: Awaited<ReturnType<typeof publish>>) =>
    events.find(({ name }) => name === "GlobalModelPublished")?.args["reward"]

  test("count from 1, one after the other, of projects that exist", async () => {
    const world = await createPopulatedWorld()
    for (const round of [0n, 2n])
      await expect(draw(world, round)).rejects.toThrow(`WrongRound(1, ${round}, 1)`)
    expect(await world.fails(outsider, "project", "drawAggregator", [7n, 1n])).toBe("UnknownProject(7)")
    expect(await world.fails(founder, "project", "publishGlobalModel", [1n, 1n, ""])).toBe("EmptyCid()")
    expect(await world.read("project", "lastRoundOf", [1n])).toBe(0n)
    const { events } = await publish(world, founder, 1n)
    expect(events.at(-1)?.args).toEqual({
      projectId: 1n,
      round: 1n,
      publisher: founder,
      cid: "g",
      reward: 0n,
    })
    expect(await world.read("project", "lastRoundOf", [1n])).toBe(1n)
  })

  test("have an aggregator until the block after its window", async () => {
    const world = await createPopulatedWorld()
    const { events } = await draw(world, 1n)
    expect(events[0]?.args).toEqual({ projectId: 1n, round: 1n, aggregator })
    const drawn = world.blockNumber
    world.blockNumber = drawn + 100n
    await expect(draw(world, 1n)).rejects.toThrow(`AggregatorStillDue(1, 1, ${aggregator}, ${drawn + 100n})`)
    world.mine(1)
    await draw(world, 1n)
  })

  test("are published by the founder only where no aggregator that was drawn is due", async () => {
    const world = await createPopulatedWorld()
    await draw(world, 1n)
    const until = world.blockNumber + 100n
    const due = `AggregatorStillDue(1, 1, ${aggregator}, ${until})`
    await expect(publish(world, founder, 1n)).rejects.toThrow(due)
    world.blockNumber = until
    await expect(publish(world, founder, 1n)).rejects.toThrow(due)
    const goBack = world.remember()
    world.mine(1)
    await publish(world, founder, 1n)
    goBack()
    await publish(world, governance, 1n)
    goBack()
    await world.send(aggregator, "staking", "requestUnstake", [])
    await publish(world, founder, 1n)
  })

  test("are published by the founder only once a dispute can't reopen the last one", async () => {
    const world = await createPopulatedWorld()
    await draw(world, 1n)
    await publish(world, aggregator, 1n)
    world.mine(100)
    expect(await world.read("disputes", "isDisputable", [1n, 1n])).toBe(true)
    await expect(publish(world, founder, 2n)).rejects.toThrow("RoundStillDisputable(1, 1)")
    const goBack = world.remember()
    await publish(world, governance, 2n)
    goBack()
    world.mine(1)
    expect(await world.read("disputes", "isDisputable", [1n, 1n])).toBe(false)
    await publish(world, founder, 2n)
    await publish(world, founder, 3n)
  })

  test("can't have one where nobody is at stake, and one that leaves may not publish", async () => {
    const world = await createPopulatedWorld()
    await draw(world, 1n)
    await world.send(aggregator, "staking", "requestUnstake", [])
    await expect(publish(world, aggregator, 1n)).rejects.toThrow(`NotPublisher(1, 1, ${aggregator})`)
    world.mine(101)
    await expect(draw(world, 1n)).rejects.toThrow("NobodyToDraw(4)")
    await world.send(other, "staking", "stake", [4, 1_000n * ATN])
    await draw(world, 1n)
    await publish(world, other, 1n)
  })

  test("pay for as many verified tasks as the parameter asks, each counted once", async () => {
    const world = await createPopulatedWorld({
      parameters: parameters("Project", { verifiedTasksPerRound: 2n }),
    })
    const since = () => world.read("project", "verifiedTasksSince", [1n])
    await verify(world)
    expect(await since()).toBe(1n)
    await draw(world, 1n)
    expect(rewardOf(await publish(world, aggregator, 1n))).toBe(0n)
    expect(await since()).toBe(0n)
    await verify(world)
    await verify(world)
    await draw(world, 2n)
    expect(rewardOf(await publish(world, aggregator, 2n))).toBe(20n * ATN)
    await draw(world, 3n)
    expect(rewardOf(await publish(world, aggregator, 3n))).toBe(0n)
  })

  test("pay nothing from a budget that is a wei short, and go on", async () => {
    const world = await createPopulatedWorld()
    await verify(world)
    await world.send(governance, "project", "setAuthorizedDisburser", [governance, true])
    const [, free] = await ledger(world)
    const rest = free - 20n * ATN + 1n
    await world.send(governance, "project", "disburseFromBudget", [1n, outsider, rest])
    await draw(world, 1n)
    expect(rewardOf(await publish(world, aggregator, 1n))).toBe(0n)
    expect(await ledger(world)).toEqual([0n, 20n * ATN - 1n, 0n, 0n])
  })

  test("give the last aggregator the right to deploy the model, and nobody before the first", async () => {
    const world = await createPopulatedWorld()
    await world.send(founder, "project", "setInferencePrice", [1n, 1n])
    await draw(world, 1n)
    const deploy = (by: Address) => world.fails(by, "project", "setMatureModel", [1n, "g", 1n])
    expect(await deploy(aggregator)).toBe(`NotModelSetter(1, ${aggregator})`)
    expect(await deploy(zeroAddress)).toBe(`NotModelSetter(1, ${zeroAddress})`)
    await publish(world, governance, 1n)
    expect(await deploy(other)).toBe(`NotModelSetter(1, ${other})`)
    const { events } = await world.send(aggregator, "project", "setMatureModel", [1n, "g", 1n])
    expect(events.map(({ name }) => name)).toEqual([
      "ProjectStatusChanged",
      "MatureModelUpdated",
      "InferencePriceSet",
    ])
  })

  test("let an aggregator deploy nothing but its model, at the price that was set before, if one was", async () => {
    const world = await createPopulatedWorld()
    await draw(world, 1n)
    await publish(world, aggregator, 1n)
    world.mine(101)
    const deploy = (cid: string, price: bigint) => [1n, cid, price] as const
    const refused = (cid: string, price: bigint) =>
      world.fails(aggregator, "project", "setMatureModel", deploy(cid, price))
    expect(await refused("junk", 10n ** 30n)).toBe("NotLastModel(1, junk, g)")
    expect(await refused("g", 0n)).toBe("PriceNotAgreed(1, 0, 0)")
    expect(await refused("g", 10n ** 30n)).toBe(`PriceNotAgreed(1, ${10n ** 30n}, 0)`)
    expect(await status(world)).toBe(1)
    await proposeTask(world)
    await world.send(founder, "project", "setInferencePrice", [1n, 7n])
    for (const price of [0n, 6n, 8n]) expect(await refused("g", price)).toBe(`PriceNotAgreed(1, ${price}, 7)`)
    expect(await refused("h", 7n)).toBe("NotLastModel(1, h, g)")
    await world.send(aggregator, "project", "setMatureModel", deploy("g", 7n))
    expect(await world.read("project", "getMatureModel", [1n])).toEqual(["g", 7n])
  })
})
