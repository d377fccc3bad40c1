import * as fc from "fast-check"
import { toHex, type Hex } from "viem"
import { beforeAll, describe, expect, test } from "vitest"
import { heightOf } from "../../ml/merkle/merkleTree.ts"
import { chunksOf, isShard, separatedShards } from "../../ml/merkle/shardTrees.ts"
import { checkShard, restoreContent, ShardAltered, shardContent } from "../../ml/store/shardedModel.ts"
import { founder, outsider } from "../contracts/cycle.ts"
import { ann, createStored, modelHashOf, providersOf } from "../contracts/shards.ts"
import { shardedModel } from "../contracts/shardTree.ts"
import type { World } from "../contracts/world.ts"

const chunkBytes = 64
const content = (seed: number, length: number) =>
  Uint8Array.from({ length }, (_, i) => (i * 31 + seed * 7 + (i >> 3)) % 251)

const sharded = (bytes: Uint8Array, data = 10, parity = 4) =>
  shardContent(bytes, { coding: { data, parity }, chunkBytes, rules: separatedShards })

test("roots, hashes and proofs are those of a tree written apart, for any numbers of shards and chunks", () => {
  const counts = fc.record({
    data: fc.integer({ min: 1, max: 20 }),
    parity: fc.integer({ min: 0, max: 12 }),
    bytes: fc.uint8Array({ minLength: 1, maxLength: 4_000 }),
  })
  fc.assert(
    fc.property(counts, ({ data, parity, bytes }) => {
      const { terms, shards } = sharded(bytes, data, parity)
      const apart = shardedModel(
        shards.map((shard) => shard.bytes),
        chunkBytes,
      )
      expect(terms.root).toBe(apart.root)
      for (const [index, shard] of shards.entries()) {
        const other = apart.shards[index]!
        expect([shard.hash, shard.proof]).toEqual([other.hash, other.proof])
        const chunks = chunksOf(shard.bytes, chunkBytes)
        const last = Math.ceil(shard.bytes.length / chunkBytes) - 1
        expect(toHex(chunks.chunk(last))).toBe(other.chunk(BigInt(last)))
        expect(chunks.proofOf(last)).toEqual(other.chunkProof(BigInt(last)))
      }
    }),
    { numRuns: 30 },
  )
})

test.each([
  [1, 0],
  [2, 1],
  [3, 2],
  [14, 4],
  [16, 4],
  [17, 5],
])("a tree of %i leaves has %i levels above them", (leaves, levels) => {
  expect(heightOf(leaves)).toBe(levels)
})

describe("the contract", () => {
  const cid = "another-model"
  const hash = modelHashOf(1n, cid)
  const bytes = content(1, 3_217)
  const { terms, shards } = sharded(bytes)
  let world: World
  beforeAll(async () => {
    world = await createStored()
    await world.send(founder, "project", "publishGlobalModel", [1n, 2n, cid])
    const size = BigInt(terms.totalSize)
    await world.send(founder, "shards", "registerModel", [hash, "m", terms.root, 10, 4, size, 0, 0, 1n])
  })

  const accepts = async (index: number, shardHash: Hex, proof: readonly Hex[]): Promise<boolean> => {
    const { events } = await world.send(outsider, "shards", "verifyShard", [
      hash,
      index,
      shardHash,
      [...proof],
    ])
    return events[0]?.args["success"] as boolean
  }
  const agree = async (index: number, shardHash: Hex, proof: readonly Hex[]): Promise<boolean> => {
    const accepted = await accepts(index, shardHash, proof)
    const ours = { index, hash: shardHash, proof }
    expect(isShard({ root: terms.root, totalShards: 14 }, separatedShards, ours)).toBe(accepted)
    return accepted
  }

  test("accepts every shard by its proof", async () => {
    for (const { index, hash: shardHash, proof } of shards) {
      expect(await agree(index, shardHash, proof)).toBe(true)
    }
  })

  test("refuses what we refuse: another place, another hash, a proof too short or too long", async () => {
    const [first, second] = [shards[0]!, shards[1]!]
    expect(await agree(1, first.hash, first.proof)).toBe(false)
    expect(await agree(0, second.hash, first.proof)).toBe(false)
    expect(await agree(0, first.hash, second.proof)).toBe(false)
    expect(await agree(0, first.hash, first.proof.slice(0, -1))).toBe(false)
    expect(await agree(0, first.hash, [...first.proof, first.proof[0]!])).toBe(false)
  })

  test("lists a provider that answers its challenge with our chunks and proofs, of shards of either kind", async () => {
    for (const index of [3, 13]) {
      const shard = shards[index]!
      const size = BigInt(shard.bytes.length)
      await world.send(ann, "shards", "announceShard", [hash, index, shard.hash, size, index >= 10])
      world.mine(1)
      await world.send(outsider, "shards", "challengeShard", [hash, index, ann])
      const drawn = await world.read("shards", "challengedChunks", [hash, index, ann])
      const { chunk, proofOf } = chunksOf(shard.bytes, chunkBytes)
      const chunks = drawn.map((each) => toHex(chunk(Number(each))))
      const proofs = drawn.map((each) => [...proofOf(Number(each))])
      await world.send(ann, "shards", "answerChallenge", [hash, index, chunks, proofs, [...shard.proof]])
      expect(await world.read("shards", "getShardProviders", [hash, index])).toEqual([ann])
    }
    expect(await providersOf(world, 3)).toEqual([])
  })
})

describe("shards from strangers", () => {
  const bytes = content(2, 999)
  const { terms, shards } = sharded(bytes)

  test("restore the content when each was checked", () => {
    const checked = shards.slice(4).map((shard) => checkShard(terms, separatedShards, shard.index, shard))
    expect(Buffer.compare(restoreContent(terms, checked), bytes)).toBe(0)
  })

  test("are refused before use if a single bit was altered, or shards were exchanged", () => {
    fc.assert(
      fc.property(fc.nat(13), fc.nat(99), fc.nat(7), fc.nat(13), (index, place, bit, other) => {
        const { bytes: whole, proof } = shards[index]!
        const altered = whole.slice()
        altered[place]! ^= 1 << bit
        const check = (given: Uint8Array) => () =>
          checkShard(terms, separatedShards, index, { bytes: given, proof })
        expect(check(altered)).toThrow(ShardAltered)
        if (other !== index) expect(check(shards[other]!.bytes)).toThrow(ShardAltered)
        expect(check(whole.slice(1))).toThrow(ShardAltered)
        expect(check(whole)).not.toThrow()
      }),
    )
  })
})
