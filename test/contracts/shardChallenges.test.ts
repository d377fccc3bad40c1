import type { Hex } from "viem"
import { describe, expect, test } from "vitest"
import { createPopulatedWorld, founder, outsider } from "./cycle.ts"
import { governance } from "./world.ts"
import {
  model,
  ann,
  bob,
  cleo,
  shardAt,
  rules,
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

describe("a challenge", () => {
  test("of a pending announcement comes from the next block on; of a held shard after the interval", async () => {
    const world = await createStored()
    await announce(world, ann, 0)
    const ask = () => world.fails(outsider, "shards", "challengeShard", [model, 0, ann])
    const now = world.blockNumber
    expect(await ask()).toBe(`ChallengeTooSoon(${now}, ${now + 1n})`)
    const { events } = await challenge(world, ann, 0)
    const deadline = now + 51n
    expect(events[0]?.args).toEqual({
      modelHash: model,
      shardIndex: 0,
      provider: ann,
      chunks: await world.read("shards", "challengedChunks", [model, 0, ann]),
      deadline,
    })
    expect(await ask()).toBe(`ChallengeIsOpen(${model}, 0, ${ann}, ${deadline})`)
    await answer(world, ann, 0)
    world.mine(7_199)
    expect(await ask()).toBe(`ChallengeTooSoon(${now + 7_200n}, ${now + 7_201n})`)
    world.mine(1)
    await world.send(outsider, "shards", "challengeShard", [model, 0, ann])
    expect((await info(world, ann)).won).toBe(1n)
  })

  test("is answered by its provider, with every drawn chunk, until the deadline", async () => {
    const world = await createStored()
    await announce(world, ann, 0)
    expect(await world.fails(ann, "shards", "answerChallenge", [model, 0, [], [], []])).toBe(
      `NoOpenChallenge(${model}, 0, ${ann})`,
    )
    await challenge(world, ann, 0)
    const deadline = world.blockNumber + 50n
    const [, , chunks, proofs, proof] = await answerFor(world, ann, 0)
    const drawn = await world.read("shards", "challengedChunks", [model, 0, ann])
    expect(drawn).toHaveLength(4)
    const refused = (...args: readonly [readonly Hex[], readonly (readonly Hex[])[], readonly Hex[]]) =>
      world.fails(ann, "shards", "answerChallenge", [model, 0, ...args])
    expect(await refused(chunks.slice(1), proofs, proof)).toBe("WrongChunkCount(3, 4, 4)")
    expect(await refused(chunks, proofs.slice(1), proof)).toBe("WrongChunkCount(4, 3, 4)")
    const tampered = chunks.with(3, `${chunks[3]!.slice(0, -2)}ff` as Hex)
    expect(await refused(tampered, proofs, proof)).toBe(`WrongChunk(${drawn[3]})`)
    expect(await refused(chunks, proofs.with(0, proofs[0]!.slice(1)), proof)).toBe(`WrongChunk(${drawn[0]})`)
    expect(await refused(chunks, proofs, shardAt(1).proof)).toMatch(/^WrongShardProof/)
    const open = world.engine.snapshot()
    world.blockNumber = deadline
    await answer(world, ann, 0)
    expect(await providersOf(world, 0)).toEqual([ann])
    world.engine.restore(open)
    world.blockNumber = deadline + 1n
    expect(await refused(chunks, proofs, proof)).toBe(`AnswerTooLate(${deadline + 1n}, ${deadline})`)
  })

  test("that was answered raises reputation once, on anyone's report, up to the most", async () => {
    const world = await createStored(rules({ maxReputation: 101n, reputationGain: 5n }))
    await announce(world, ann, 0)
    await challenge(world, ann, 0)
    const report = [model, 0, ann] as const
    const early = await world.fails(outsider, "shards", "reportVerificationSuccess", report)
    expect(early).toBe(`NoAnsweredChallenge(${model}, 0, ${ann})`)
    await answer(world, ann, 0)
    const { events } = await world.send(outsider, "shards", "reportVerificationSuccess", report)
    expect(events).toEqual([
      { contract: "shards", name: "ReputationChanged", args: { provider: ann, reputation: 101n } },
    ])
    expect(await world.fails(ann, "shards", "reportVerificationSuccess", report)).toMatch(/^NoAnswered/)
    expect(await info(world, ann)).toMatchObject({ reputation: 101n, won: 1n, lost: 0n })
  })

  test("that was missed costs the shard and reputation, and nothing does before its deadline", async () => {
    const world = await createStored()
    await hold(world, ann, 0)
    const report = [model, 0, ann] as const
    const flood = () => world.fails(outsider, "shards", "reportVerificationFailure", report)
    expect(await flood()).toBe(`NoMissedChallenge(${model}, 0, ${ann})`)
    world.mine(7_200)
    await challenge(world, ann, 0)
    expect(await world.fails(ann, "shards", "removeShard", [model, 0])).toMatch(/^ChallengeIsOpen/)
    world.mine(50)
    expect(await flood()).toBe(`NoMissedChallenge(${model}, 0, ${ann})`)
    expect(await providersOf(world, 0)).toEqual([ann])
    world.mine(1)
    expect(await providersOf(world, 0)).toEqual([])
    expect(await world.read("shards", "checkShardAvailability", [model])).toEqual([0, false])
    const { events } = await world.send(outsider, "shards", "reportVerificationFailure", report)
    expect(events.map(({ name }) => name)).toEqual(["ShardVerified", "ReputationChanged", "ShardRemoved"])
    expect(await info(world, ann)).toMatchObject({ used: 0n, reputation: 91n, won: 1n, lost: 1n })
    expect(await flood()).toBe(`NotAnnounced(${model}, 0, ${ann})`)
  })

  test("missed leaves reputation at least 0, and below a parameter nothing can be announced", async () => {
    const world = await createStored(rules({ reputationLoss: 101n, minReputation: 1n }))
    await announce(world, ann, 0)
    await challenge(world, ann, 0)
    world.mine(51)
    await world.send(outsider, "shards", "reportVerificationFailure", [model, 0, ann])
    expect((await info(world, ann)).reputation).toBe(0n)
    expect(await world.fails(ann, "shards", "announceShard", announcement(0))).toBe(
      `ReputationTooLow(${ann}, 0, 1)`,
    )
  })
})

test("recovery is called for by anyone once too few who count are left; who does not count is dropped", async () => {
  const world = await createStored(rules({ minProvidersPerShard: 2n, challengeIntervalBlocks: 1n }))
  for (const by of [ann, bob, cleo]) await hold(world, by, 0)
  const recover = () => world.send(outsider, "shards", "triggerShardRecovery", [model, 0])
  await world.send(cleo, "staking", "requestUnstake", [])
  expect(await world.fails(outsider, "shards", "triggerShardRecovery", [model, 0])).toBe(
    `EnoughProviders(${model}, 0, 2, 2)`,
  )
  await challenge(world, ann, 0)
  world.mine(51)
  const { events } = await recover()
  expect(events.map(({ name }) => name)).toEqual([
    "ShardRemoved",
    "ShardVerified",
    "ReputationChanged",
    "ShardRemoved",
    "ShardRecoveryTriggered",
  ])
  expect(await providersOf(world, 0)).toEqual([bob])
  expect(await world.read("shards", "shardProviders", [model, 0, 0n])).toBe(bob)
  expect((await info(world, ann)).lost).toBe(1n)
  expect((await info(world, cleo)).lost).toBe(0n)
  expect(await world.fails(outsider, "shards", "triggerShardRecovery", [model, 5])).toMatch(/^UnknownShard/)
})

test("a provider that leaves while it is challenged is dropped only with its answer or its penalty", async () => {
  const world = await createStored(rules({ challengeIntervalBlocks: 1n }))
  const recover = () => world.send(outsider, "shards", "triggerShardRecovery", [model, 0])
  await hold(world, ann, 0)
  await challenge(world, ann, 0)
  await world.send(ann, "shards", "deactivateProvider", [])
  const { events } = await recover()
  expect(events.map(({ name }) => name)).toEqual(["ShardRecoveryTriggered"])
  expect(await world.fails(ann, "shards", "removeShard", [model, 0])).toMatch(/^ChallengeIsOpen/)
  const goBack = world.remember()
  world.mine(51)
  const missed = await recover()
  expect(missed.events.map(({ name }) => name)).toEqual([
    "ShardVerified",
    "ReputationChanged",
    "ShardRemoved",
    "ShardRecoveryTriggered",
  ])
  expect(await info(world, ann)).toMatchObject({ used: 0n, reputation: 91n, won: 1n, lost: 1n })
  goBack()
  await answer(world, ann, 0)
  const answered = await recover()
  expect(answered.events.map(({ name }) => name)).toEqual(["ShardRemoved", "ShardRecoveryTriggered"])
  expect(await info(world, ann)).toMatchObject({ used: 0n, lost: 0n })
})

test("defaults are parameters, and only governance names the contracts it relies on", async () => {
  const world = await createPopulatedWorld({
    parameters: rules({ defaultDataShards: 6n, defaultParityShards: 3n, minStorageStake: 7n }),
  })
  expect(await world.read("shards", "DEFAULT_DATA_SHARDS", [])).toBe(6)
  expect(await world.read("shards", "DEFAULT_PARITY_SHARDS", [])).toBe(3)
  expect(await world.read("shards", "MIN_STORAGE_STAKE", [])).toBe(7n)
  expect(await world.fails(founder, "shards", "setContracts", [founder, founder])).toMatch(/^NotGovernance/)
  await world.send(governance, "shards", "setContracts", [world.at.project, world.at.results])
})
