/** The registry of shards at the edges of its rules. */
import { encodeAbiParameters, keccak256, parseAbiParameters } from "viem"
import { describe, expect, test } from "vitest"
import { contentHash, createPopulatedWorld, founder } from "./cycle.ts"
import {
  ann,
  announce,
  announcement,
  answer,
  bob,
  challenge,
  createStored,
  hold,
  info,
  model,
  providersOf,
  registration,
  root,
  rules,
  shardAt,
} from "./shards.ts"

describe("a provider", () => {
  test("that returns brings room for what it has announced, and keeps its reputation", async () => {
    const world = await createStored(rules({ reputationGain: 7n }))
    await hold(world, ann, 0)
    await world.send(ann, "shards", "reportVerificationSuccess", [model, 0, ann])
    await world.send(ann, "shards", "deactivateProvider", [])
    expect(await world.fails(ann, "shards", "registerProvider", [299n])).toBe(
      `CapacityTooSmall(${ann}, 300, 299)`,
    )
    await world.send(ann, "shards", "registerProvider", [300n])
    expect(await info(world, ann)).toMatchObject({
      capacity: 300n,
      used: 300n,
      reputation: 107n,
      active: true,
    })
    expect(await providersOf(world, 0)).toEqual([ann])
  })

  test("may cut its capacity down to what it uses, not to nothing", async () => {
    const world = await createStored()
    expect(await world.fails(ann, "shards", "updateCapacity", [0n])).toBe("ZeroCapacity()")
    await announce(world, ann, 0)
    const { events } = await world.send(ann, "shards", "updateCapacity", [300n])
    expect(events).toEqual([
      { contract: "shards", name: "CapacityUpdated", args: { provider: ann, capacity: 300n } },
    ])
  })

  test("announces with exactly the reputation that it needs", async () => {
    const exact = await createStored(rules({ minReputation: 100n }))
    await announce(exact, ann, 0)
    const above = await createStored(rules({ minReputation: 101n }))
    expect(await above.fails(ann, "shards", "announceShard", announcement(0))).toBe(
      `ReputationTooLow(${ann}, 100, 101)`,
    )
  })

  test("keeps reputation above a maximum that was lowered since, and gains none", async () => {
    const world = await createStored(rules({ maxReputation: 99n }))
    await hold(world, ann, 0)
    await world.send(ann, "shards", "reportVerificationSuccess", [model, 0, ann])
    expect((await info(world, ann)).reputation).toBe(100n)
  })
})

describe("a shard", () => {
  test("is parity from the number of data shards on, and known as such once proven", async () => {
    const world = await createStored()
    for (const index of [2, 3]) {
      const { hash, size } = shardAt(index)
      const wrong = [model, index, hash, size, index < 3] as const
      expect(await world.fails(ann, "shards", "announceShard", wrong)).toBe(
        `WrongShardKind(${index}, 3, ${index < 3})`,
      )
      await hold(world, ann, index)
      expect((await world.read("shards", "shards", [model, index]))[2]).toBe(index >= 3)
    }
  })

  test("may be as large as its model", async () => {
    const world = await createStored()
    await world.send(ann, "shards", "announceShard", [model, 0, shardAt(0).hash, 900n, false])
    expect((await info(world, ann)).used).toBe(900n)
  })

  test("that is known has one hash, whatever its size", async () => {
    const world = await createStored()
    await hold(world, ann, 0)
    expect(await world.fails(bob, "shards", "announceShard", [model, 0, root, 300n, false])).toBe(
      `WrongShard(${root}, 300, ${shardAt(0).hash}, 300)`,
    )
  })
})

test("a challenge asks for chunks that its block has drawn, while it is open", async () => {
  const world = await createStored(rules({ chunksPerChallenge: 16n }))
  await announce(world, ann, 0)
  const none = `NoOpenChallenge(${model}, 0, ${ann})`
  const asked = () => world.read("shards", "challengedChunks", [model, 0, ann])
  await expect(asked()).rejects.toThrow(none)
  await challenge(world, ann, 0)
  const { prevRandao, number } = world.environment
  const types = parseAbiParameters("bytes32, address, bytes32, uint8, address, uint256")
  const values = [prevRandao, world.at.shards, model, 0, ann, number] as const
  const seed = keccak256(encodeAbiParameters(types, values))
  expect((await world.read("shards", "holdingOf", [model, 0, ann])).seed).toBe(seed)
  const draw = (i: bigint) => {
    const drawn = keccak256(encodeAbiParameters(parseAbiParameters("bytes32, uint256"), [seed, i]))
    return BigInt(drawn) % 5n
  }
  expect(await asked()).toEqual(Array.from({ length: 16 }, (_, i) => draw(BigInt(i))))
  expect(new Set(await asked()).size).toBeGreaterThan(2)
  await answer(world, ann, 0)
  await expect(asked()).rejects.toThrow(none)
})

test("a model of 255 shards, the most that an index can name, can be looked at as a whole", async () => {
  const world = await createPopulatedWorld({
    parameters: rules({ publishedModelsOnly: 0n, maxShards: 255n }),
  })
  const [, manifest, , , , size] = registration
  const many = [contentHash("many"), manifest, root, 200, 55, size, 0, 0, 1n] as const
  await world.send(founder, "shards", "registerModel", many)
  expect(await world.read("shards", "checkShardAvailability", [many[0]])).toEqual([0, false])
})
