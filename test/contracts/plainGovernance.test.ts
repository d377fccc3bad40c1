import { type Hex, encodeFunctionData, keccak256 } from "viem"
import { describe, expect, test } from "vitest"
import { publicInterface } from "../../chain/publicInterface/publicInterface.ts"
import { coordinators, createPlainCycle, hashOf, otherSolver, outsider, solver } from "./plainCycle.ts"
import { ATN, type PlainWorld, createPlainWorld, governance, holder } from "./plainWorld.ts"

const [provider] = coordinators

describe("the DAO", () => {
  const mint = encodeFunctionData({
    abi: publicInterface.ATNToken,
    functionName: "mint",
    args: [outsider, 1_000_000n],
  })

  /** Half a million votes with the outsider, the quorum less a wei with the solver, from block 1 on. */
  const createVoters = async (): Promise<PlainWorld> => {
    const world = await createPlainWorld({ accounts: [outsider, solver] })
    await world.send(holder, "token", "transfer", [outsider, 500_000n * ATN])
    await world.send(holder, "token", "transfer", [solver, 80_000n * ATN - 1n])
    for (const account of [outsider, solver]) await world.send(account, "token", "delegate", [account])
    await world.send(governance, "dao", "setAuthorizedTarget", [world.at.token, true])
    return world
  }
  const propose = async (world: PlainWorld, data: Hex = mint) => {
    await world.send(outsider, "dao", "propose", ["mint", keccak256(data)])
    return world.read("dao", "proposals", [1n])
  }

  test("carries what passes the quorum: pending, active, succeeded, executed", async () => {
    const world = await createVoters()
    const proposal = await propose(world)
    expect([proposal[3], proposal[4]]).toEqual([world.blockNumber + 7_200n, world.blockNumber + 57_600n])
    const state = () => world.read("dao", "getProposalState", [1n])
    world.blockNumber = proposal[3]
    expect(await state()).toBe(0)
    expect(await world.fails(outsider, "dao", "castVote", [1n, true])).toContain("not active")
    world.mine(1)
    expect(await state()).toBe(1)
    expect(await world.fails(governance, "dao", "castVote", [1n, true])).toContain("no votes")
    await world.send(outsider, "dao", "castVote", [1n, true])
    expect(await world.fails(outsider, "dao", "castVote", [1n, false])).toContain("already voted")
    const execute = [1n, world.at.token, mint] as const
    world.blockNumber = proposal[4]
    expect(await world.fails(outsider, "dao", "execute", execute)).toContain("not succeeded")
    world.mine(1)
    expect(await state()).toBe(4)
    expect(await world.fails(outsider, "dao", "execute", [1n, world.at.staking, mint])).toContain(
      "not authorised",
    )
    expect(await world.fails(outsider, "dao", "execute", [1n, world.at.token, "0x00"])).toContain(
      "other calldata",
    )
    const before = await world.balanceOf(outsider)
    await world.send(solver, "dao", "execute", execute)
    expect((await world.balanceOf(outsider)) - before).toBe(1_000_000n)
    expect(await state()).toBe(7)
    expect(await world.fails(outsider, "dao", "execute", execute)).toContain("not succeeded")
  })

  test("defeats what a majority is against, and what has too few votes in favour", async () => {
    for (const [outsiderVote, solverVote] of [
      [false, true],
      [undefined, true],
      [undefined, undefined],
    ] as const) {
      const world = await createVoters()
      world.blockNumber = (await propose(world))[3] + 1n
      if (outsiderVote !== undefined) await world.send(outsider, "dao", "castVote", [1n, outsiderVote])
      if (solverVote !== undefined) await world.send(solver, "dao", "castVote", [1n, solverVote])
      world.mine(50_400)
      expect(await world.read("dao", "getProposalState", [1n])).toBe(3)
    }
  })

  test("weighs votes at the start block", async () => {
    const world = await createVoters()
    world.blockNumber = (await propose(world))[3]
    await world.send(solver, "token", "transfer", [outsider, 100_000n * ATN - 1n])
    world.mine(1)
    await world.send(outsider, "token", "transfer", [solver, 600_000n * ATN])
    const [event] = await world.send(outsider, "dao", "castVote", [1n, true])
    expect(event?.args["weight"]).toBe(620_000n * ATN - 1n)
  })

  test("asks 1,000 votes of a proposer, and lets proposer and owner cancel", async () => {
    const world = await createVoters()
    expect(await world.fails(holder, "dao", "propose", ["x", keccak256(mint)])).toContain(
      "below the threshold",
    )
    await propose(world)
    expect(await world.fails(solver, "dao", "cancel", [1n])).toContain("only proposer or owner")
    await world.send(outsider, "dao", "cancel", [1n])
    expect(await world.read("dao", "getProposalState", [1n])).toBe(2)
    expect(await world.fails(governance, "dao", "cancel", [1n])).toContain("already over")
    expect(await world.fails(outsider, "dao", "cancel", [2n])).toContain("unknown proposal")
    for (const by of [outsider, solver]) {
      expect(await world.fails(by, "dao", "setTreasury", [by])).toContain("0x118cdaa7")
      expect(await world.fails(by, "dao", "setAuthorizedTarget", [by, true])).toContain("0x118cdaa7")
    }
  })
})

describe("shards", () => {
  const model = hashOf("model")
  const leaves = [0, 1, 2, 3].map((i) => hashOf(`shard ${i}`))
  const parent = (left: Hex, right: Hex) => keccak256(`0x${left.slice(2)}${right.slice(2)}`)
  const [left, right] = [parent(leaves[0]!, leaves[1]!), parent(leaves[2]!, leaves[3]!)]
  const root = parent(left, right)

  const register = async (): Promise<PlainWorld> => {
    const world = await createPlainCycle()
    await world.send(outsider, "shards", "registerModel", [model, "cid", root, 3, 1, 400n, 1, 0, 1n])
    await world.send(provider, "shards", "registerProvider", [1_000n])
    return world
  }

  test("are proved by hashes to the root, left and right by parity", async () => {
    const world = await register()
    const verify = (index: number, leaf: Hex, proof: readonly Hex[]) =>
      world.call(outsider, "shards", "verifyShard", [model, index, leaf, [...proof]])
    expect(await verify(0, leaves[0]!, [leaves[1]!, right])).toBe(true)
    expect(await verify(1, leaves[1]!, [leaves[0]!, right])).toBe(true)
    expect(await verify(2, leaves[2]!, [leaves[3]!, left])).toBe(true)
    expect(await verify(3, leaves[3]!, [leaves[2]!, left])).toBe(true)
    expect(await verify(1, leaves[0]!, [leaves[1]!, right])).toBe(false)
    // An inner node passes for a leaf.
    expect(await verify(0, left, [right])).toBe(true)
    await expect(verify(4, leaves[0]!, [])).rejects.toThrow("no such shard")
  })

  test("are announced by providers with a stake, within their capacity, without proof", async () => {
    const world = await register()
    expect(await world.fails(outsider, "shards", "registerProvider", [1n])).toContain("too little at stake")
    expect(await world.fails(provider, "shards", "registerProvider", [1n])).toContain("already a provider")
    const announce = (index: number, size: bigint) =>
      [model, index, leaves[index]!, size, index === 3] as const
    expect(await world.fails(outsider, "shards", "announceShard", announce(0, 1n))).toContain(
      "not a provider",
    )
    for (const index of [0, 1]) await world.send(provider, "shards", "announceShard", announce(index, 400n))
    expect(await world.fails(provider, "shards", "announceShard", announce(0, 1n))).toContain(
      "already announced",
    )
    expect(await world.fails(provider, "shards", "announceShard", announce(2, 201n))).toContain("no capacity")
    expect(await world.read("shards", "checkShardAvailability", [model])).toEqual([2, false])
    await world.send(provider, "shards", "announceShard", announce(2, 200n))
    expect(await world.read("shards", "checkShardAvailability", [model])).toEqual([3, true])
    await world.send(provider, "shards", "removeShard", [model, 0])
    expect(await world.fails(provider, "shards", "removeShard", [model, 0])).toContain("not announced")
    expect(await world.read("shards", "checkShardAvailability", [model])).toEqual([2, false])
    expect((await world.read("shards", "getProviderInfo", [provider])).slice(0, 2)).toEqual([1_000n, 600n])
    expect(await world.fails(provider, "shards", "updateCapacity", [599n])).toContain("less than is used")
    await world.send(provider, "shards", "updateCapacity", [600n])
    await world.send(provider, "shards", "deactivateProvider", [])
    expect(await world.fails(provider, "shards", "updateCapacity", [700n])).toContain("not a provider")
  })

  test("let anybody ruin a provider's reputation in ten calls", async () => {
    const world = await register()
    const shard = [model, 0, provider] as const
    expect(await world.fails(outsider, "shards", "reportVerificationFailure", shard)).toContain(
      "not announced",
    )
    await world.send(provider, "shards", "announceShard", [model, 0, leaves[0]!, 1n, false])
    await world.send(otherSolver, "shards", "reportVerificationSuccess", shard)
    expect((await world.read("shards", "providers", [provider]))[2]).toBe(101n)
    for (let i = 0; i < 11; i++) await world.send(outsider, "shards", "reportVerificationFailure", shard)
    expect((await world.read("shards", "providers", [provider])).slice(2, 5)).toEqual([0n, 1n, 11n])
  })

  test("belong to a model that is registered once, with data shards, in a known tier and strategy", async () => {
    const world = await register()
    const models = (hash: Hex, data: number, tier: number, strategy: number) =>
      world.fails(outsider, "shards", "registerModel", [hash, "cid", root, data, 1, 1n, tier, strategy, 1n])
    expect(await models(model, 3, 0, 0)).toContain("already registered")
    expect(await models(hashOf("m"), 0, 0, 0)).toContain("no data shards")
    expect(await models(hashOf("m"), 1, 4, 0)).toContain("unknown tier")
    expect(await models(hashOf("m"), 1, 3, 3)).toContain("unknown tier")
    expect(await world.read("shards", "getModelManifest", [model])).toEqual(["cid", root, 4, 3, 400n, 1, 0])
    const [event] = await world.send(outsider, "shards", "triggerShardRecovery", [model, 3])
    expect(event?.args).toEqual({ modelHash: model, shardIndex: 3 })
    expect(await world.fails(outsider, "shards", "triggerShardRecovery", [model, 4])).toContain(
      "no such shard",
    )
  })
})
