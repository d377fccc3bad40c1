import fc from "fast-check"
import type { Address, Hex } from "viem"
import { describe, expect, test } from "vitest"
import {
  contentHash,
  cidOf,
  createPopulatedWorld,
  founder,
  outsider,
  playToVoting,
  playVotes,
  proposer,
  solver,
} from "./cycle.ts"
import { shardedModel } from "./shardTree.ts"
import { ATN, governance } from "./world.ts"
import {
  modelCid,
  model,
  modelHashOf,
  ann,
  bob,
  cleo,
  chunkBytes,
  root,
  shards,
  shardAt,
  rules,
  registration,
  createStored,
  announcement,
  announce,
  challenge,
  answerFor,
  answer,
  hold,
  providersOf,
  info,
} from "./shards.ts"

describe("a model", () => {
  test("is registered by who speaks for its project, once the project published it, and only once", async () => {
    const world = await createPopulatedWorld()
    const refused = (by: Address) => world.fails(by, "shards", "registerModel", registration)
    expect(await refused(founder)).toBe(`NotPublished(1, ${model})`)
    for (const hash of [modelHashOf(1n, ""), contentHash(modelCid), modelHashOf(2n, modelCid)]) {
      const other = [hash, "manifest", root, 3, 2, 900n, 0, 0, 1n] as const
      expect(await world.fails(founder, "shards", "registerModel", other)).toBe(`NotPublished(1, ${hash})`)
    }
    await world.send(founder, "project", "publishGlobalModel", [1n, 1n, modelCid])
    expect(await refused(outsider)).toBe(`NotPublisher(1, ${outsider})`)
    const { events } = await world.send(founder, "shards", "registerModel", registration)
    expect(events).toEqual([
      {
        contract: "shards",
        name: "ModelRegistered",
        args: { modelHash: model, manifestCid: "manifest", totalShards: 5, projectId: 1n },
      },
    ])
    expect(await refused(governance)).toBe(`ModelAlreadyRegistered(${model}, ${founder})`)
    expect(await world.read("shards", "getModelManifest", [model])).toEqual([
      "manifest",
      root,
      5,
      3,
      900n,
      0,
      0,
    ])
  })

  test("keeps its name where a project of a stranger's has published the same before", async () => {
    const world = await createPopulatedWorld()
    await world.send(outsider, "project", "createProject", ["p", "cid", 0n, 0n, 0n, "PT", "PT"])
    await world.send(outsider, "project", "publishGlobalModel", [2n, 1n, modelCid])
    const squat = [model, "junk", root, 3, 2, 900n, 0, 0, 2n] as const
    expect(await world.fails(outsider, "shards", "registerModel", squat)).toBe(`NotPublished(2, ${model})`)
    const theirs = modelHashOf(2n, modelCid)
    expect(await world.read("shards", "modelHashOf", [2n, contentHash(modelCid)])).toBe(theirs)
    await world.send(outsider, "shards", "registerModel", [theirs, "junk", root, 3, 2, 900n, 0, 0, 2n])
    await world.send(founder, "project", "publishGlobalModel", [1n, 1n, modelCid])
    await world.send(founder, "shards", "registerModel", registration)
    expect((await world.read("shards", "modelManifests", [model]))[7]).toBe(founder)
    expect((await world.read("shards", "modelManifests", [theirs]))[7]).toBe(outsider)
  })

  test("of a project may be its mature one, or any where a parameter says so", async () => {
    const world = await createPopulatedWorld()
    await world.send(founder, "project", "setMatureModel", [1n, modelCid, ATN])
    await world.send(governance, "shards", "registerModel", registration)
    const free = await createPopulatedWorld({ parameters: rules({ publishedModelsOnly: 0n }) })
    await free.send(founder, "shards", "registerModel", registration)
    for (const at of [world, free]) expect((await at.read("shards", "modelManifests", [model]))[1]).toBe(root)
  })

  test("that won a task is registered by its solver", async () => {
    const world = await createPopulatedWorld()
    const hash = modelHashOf(1n, cidOf(solver))
    const mine = [hash, "manifest", root, 3, 2, 900n, 0, 0, 1n] as const
    const task = await playToVoting(world)
    await playVotes(task, () => ({ isCorrect: true, score: 90 }))
    expect(await world.fails(outsider, "shards", "recordWinner", [task.id, solver])).toBe(
      `NotWinner(${task.id}, ${solver}, 0)`,
    )
    await task.finalise()
    expect(await world.fails(solver, "shards", "registerModel", mine)).toBe(`NotPublisher(1, ${solver})`)
    await world.send(outsider, "shards", "recordWinner", [task.id, solver])
    expect(await world.fails(solver, "shards", "registerModel", registration)).toMatch(/^NotPublisher/)
    await world.send(solver, "shards", "registerModel", mine)
  })

  test("has 1 to maxShards shards, a size, a root, a manifest, a tier and a strategy", async () => {
    const world = await createPopulatedWorld({
      parameters: rules({ publishedModelsOnly: 0n, maxShards: 5n }),
    })
    const attempt = (changes: Readonly<Record<number, unknown>>) => {
      const args = registration.map((value, i) => changes[i] ?? value) as unknown as typeof registration
      return world.fails(founder, "shards", "registerModel", args)
    }
    const nothing: Hex = `0x${"0".repeat(64)}`
    expect(await attempt({ 0: nothing })).toBe("EmptyHash()")
    expect(await attempt({ 2: nothing })).toBe("EmptyHash()")
    expect(await attempt({ 1: "" })).toBe("EmptyManifest()")
    expect(await attempt({ 3: 0 })).toBe("BadShardCounts(0, 2, 5)")
    expect(await attempt({ 3: 4 })).toBe("BadShardCounts(4, 2, 5)")
    expect(await attempt({ 5: 0n })).toBe("ZeroSize()")
    expect(await attempt({ 6: 4 })).toBe("UnknownTier(4)")
    expect(await attempt({ 7: 3 })).toBe("UnknownStrategy(3)")
    const largest = [model, "manifest", root, 3, 2, 900n, 3, 2, 1n] as const
    await world.send(founder, "shards", "registerModel", largest)
  })
})

describe("the Merkle tree", () => {
  test("accepts each shard in its own place, and nothing else", async () => {
    const world = await createStored()
    const verify = async (index: number, hash: Hex, proof: readonly Hex[]) => {
      const { events } = await world.send(outsider, "shards", "verifyShard", [model, index, hash, proof])
      expect(events[0]?.args).toMatchObject({ modelHash: model, shardIndex: index, verifier: outsider })
      return events[0]?.args["success"]
    }
    for (const { index, hash, proof } of shards) {
      expect(await verify(index, hash, proof)).toBe(true)
      expect(await verify((index + 1) % 5, hash, proof)).toBe(false)
      expect(await verify(index, hash, proof.slice(1))).toBe(false)
      expect(await verify(index, hash, [...proof, root])).toBe(false)
    }
    expect(await verify(0, root, [])).toBe(false)
    expect(await world.fails(outsider, "shards", "verifyShard", [model, 5, root, []])).toBe(
      `UnknownShard(${model}, 5, 5)`,
    )
    expect(await world.fails(outsider, "shards", "verifyShard", [root, 0, root, []])).toBe(
      `UnknownModel(${root})`,
    )
  })

  test("built apart from the contract, its proofs answer every challenge, for any sizes", async () => {
    const world = await createPopulatedWorld({
      parameters: rules({ publishedModelsOnly: 0n, maxShardsPerProvider: 255n, chunkBytes: 32n }),
    })
    await world.send(ann, "shards", "registerProvider", [100_000n])
    const start = world.engine.snapshot()
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ minLength: 1, maxLength: 200 }), { minLength: 1, maxLength: 9 }),
        fc.nat(),
        async (data, pick) => {
          world.engine.restore(start)
          const made = shardedModel(data, 32)
          const args = [model, "m", made.root, data.length, 0, 10_000n, 0, 0, 1n] as const
          await world.send(founder, "shards", "registerModel", args)
          const shard = made.shards[pick % data.length]!
          await world.send(ann, "shards", "announceShard", [
            model,
            shard.index,
            shard.hash,
            shard.size,
            false,
          ])
          await challenge(world, ann, shard.index)
          await world.send(ann, "shards", "answerChallenge", await answerFor(world, ann, shard.index, shard))
          expect(await providersOf(world, shard.index)).toEqual([ann])
        },
      ),
      { numRuns: 15 },
    )
  })
})

describe("a provider", () => {
  test("registers with the least stake in any role, and a capacity not below what it uses", async () => {
    const world = await createPopulatedWorld()
    expect(await world.fails(outsider, "shards", "registerProvider", [1n])).toBe(
      `StorageStakeTooSmall(${outsider}, 0, ${50n * ATN})`,
    )
    expect(await world.fails(ann, "shards", "registerProvider", [0n])).toBe("ZeroCapacity()")
    await world.send(proposer, "shards", "registerProvider", [1n])
    const { events } = await world.send(ann, "shards", "registerProvider", [700n])
    expect(events).toEqual([
      { contract: "shards", name: "ProviderRegistered", args: { provider: ann, capacity: 700n } },
    ])
    expect(await world.fails(ann, "shards", "registerProvider", [1n])).toBe(`ProviderAlreadyActive(${ann})`)
    expect(await world.fails(outsider, "shards", "updateCapacity", [1n])).toBe(
      `ProviderNotActive(${outsider})`,
    )
    expect((await info(world, ann)).reputation).toBe(100n)
  })

  test("announces no more than it has room for, and gets it back", async () => {
    const world = await createStored()
    await world.send(ann, "shards", "updateCapacity", [300n])
    await announce(world, ann, 0)
    expect(await world.fails(ann, "shards", "announceShard", announcement(4))).toBe(
      `CapacityTooSmall(${ann}, 301, 300)`,
    )
    expect(await world.fails(ann, "shards", "updateCapacity", [299n])).toBe(
      `CapacityTooSmall(${ann}, 300, 299)`,
    )
    expect(await world.read("shards", "providerModels", [ann, 0n])).toBe(model)
    await world.send(ann, "shards", "removeShard", [model, 0])
    expect((await info(world, ann)).used).toBe(0n)
    await expect(world.read("shards", "providerModels", [ann, 0n])).rejects.toThrow("providerModels")
    await announce(world, ann, 4)
  })

  test("holds a limited number of a model's shards", async () => {
    const world = await createStored(rules({ maxShardsPerProvider: 2n }))
    for (const index of [0, 1]) await announce(world, ann, index)
    expect(await world.fails(ann, "shards", "announceShard", announcement(2))).toBe(
      `TooManyShards(${model}, ${ann}, 2)`,
    )
  })

  test("that asked to unstake, fell below the stake or left drops out of availability", async () => {
    const world = await createStored()
    await world.send(governance, "staking", "setAuthorizedSlasher", [governance, true])
    for (const [by, index] of [
      [ann, 0],
      [bob, 1],
      [cleo, 2],
    ] as const)
      await hold(world, by, index)
    const available = () => world.read("shards", "checkShardAvailability", [model])
    expect(await available()).toEqual([3, true])
    await world.send(ann, "staking", "requestUnstake", [])
    expect(await available()).toEqual([2, false])
    expect(await providersOf(world, 0)).toEqual([])
    await world.send(governance, "staking", "slash", [bob, 1n, "test"])
    expect(await available()).toEqual([1, false])
    await world.send(cleo, "shards", "deactivateProvider", [])
    expect(await available()).toEqual([0, false])
    await world.send(cleo, "shards", "registerProvider", [10_000n])
    await world.send(bob, "staking", "addToStake", [1n])
    expect(await available()).toEqual([2, false])
    expect(await world.fails(ann, "shards", "announceShard", announcement(1))).toMatch(
      /^StorageStakeTooSmall/,
    )
  })
})

describe("an announcement", () => {
  test("fits the manifest, is made once, and stands for nothing before it is proven", async () => {
    const world = await createStored()
    const refused = (changes: Readonly<Record<number, unknown>>) => {
      const args = announcement(0).map((value, i) => changes[i] ?? value)
      return world.fails(ann, "shards", "announceShard", args as unknown as ReturnType<typeof announcement>)
    }
    expect(await refused({ 4: true })).toBe("WrongShardKind(0, 3, true)")
    expect(await refused({ 3: 0n })).toBe("ShardSizeOutOfBounds(0, 1, 900)")
    expect(await refused({ 3: 901n })).toBe("ShardSizeOutOfBounds(901, 1, 900)")
    expect(await refused({ 1: 5, 4: true })).toBe(`UnknownShard(${model}, 5, 5)`)
    const { events } = await announce(world, ann, 0)
    expect(events.at(-1)).toEqual({
      contract: "shards",
      name: "ShardAnnounced",
      args: { modelHash: model, shardIndex: 0, provider: ann },
    })
    expect(await refused({})).toBe(`AlreadyAnnounced(${model}, 0, ${ann})`)
    expect(await providersOf(world, 0)).toEqual([])
    expect(await world.read("shards", "checkShardAvailability", [model])).toEqual([0, false])
  })

  test("with data that is not the shard's can't be proven", async () => {
    const world = await createStored()
    const fake = shardedModel([Uint8Array.of(1, 2, 3)], chunkBytes).shards[0]!
    await world.send(ann, "shards", "announceShard", [model, 0, fake.hash, 3n, false])
    await challenge(world, ann, 0)
    const own = await answerFor(world, ann, 0, { ...fake, proof: shardAt(0).proof })
    expect(await world.fails(ann, "shards", "answerChallenge", own)).toBe(`WrongShardProof(0, ${fake.hash})`)
  })

  test("of a known shard must agree with it", async () => {
    const world = await createStored()
    await hold(world, ann, 0)
    const wrong = [model, 0, shardAt(0).hash, 299n, false] as const
    expect(await world.fails(bob, "shards", "announceShard", wrong)).toBe(
      `WrongShard(${shardAt(0).hash}, 299, ${shardAt(0).hash}, 300)`,
    )
    const [hash, index, parity, size, verified] = await world.read("shards", "shards", [model, 0])
    expect([hash, index, parity, size]).toEqual([shardAt(0).hash, 0, false, 300n])
    expect(verified).toBe(world.environment.timestampSeconds)
  })

  test("needs a place: a full shard makes room only for who does not count any more", async () => {
    const world = await createStored(rules({ maxProvidersPerShard: 1n }))
    await announce(world, bob, 0)
    await hold(world, ann, 0)
    expect(await world.fails(cleo, "shards", "announceShard", announcement(0))).toBe(
      `ShardFull(${model}, 0, 1)`,
    )
    await challenge(world, bob, 0)
    await answer(world, bob, 0)
    expect(await providersOf(world, 0)).toEqual([ann])
    expect(await info(world, bob)).toMatchObject({ used: 0n, reputation: 101n, won: 1n, lost: 0n })
    await world.send(ann, "shards", "deactivateProvider", [])
    await announce(world, cleo, 0)
  })
})
