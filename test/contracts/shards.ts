/** A model in shards and its providers as short verbs. */
import { type Address, type Hex, encodeAbiParameters, keccak256 } from "viem"
import type { SuiteParameter } from "../../chain/suite.ts"
import { contentHash, createPopulatedWorld, founder, outsider, parameters, solvers } from "./cycle.ts"
import { type ShardOfModel, shardedModel } from "./shardTree.ts"
import { type World } from "./world.ts"

export const modelCid = "sha256-global-model"
/** What a model is called in the registry: bound to its project. */
export const modelHashOf = (projectId: bigint, cid: string): Hex =>
  keccak256(encodeAbiParameters([{ type: "uint256" }, { type: "bytes32" }], [projectId, contentHash(cid)]))
export const model = modelHashOf(1n, modelCid)
export const [ann, bob, cleo] = solvers as unknown as readonly [Address, Address, Address]
export const chunkBytes = 64
export const sizes = [300, 300, 257, 64, 1]
export const contents = sizes.map((size, shard) =>
  Uint8Array.from({ length: size }, (_, i) => (i * 7 + shard) % 251),
)
export const { root, shards } = shardedModel(contents, chunkBytes)
export const shardAt = (index: number): ShardOfModel => shards[index]!

export const rules = (values: Readonly<Record<string, bigint>>) => parameters("ModelShardRegistry", values)
export const registration = [model, "manifest", root, 3, 2, 900n, 0, 0, 1n] as const

/** Round 1 is published and its model registered in 3 + 2 shards; three providers of 10,000 bytes. */
export const createStored = async (options: readonly SuiteParameter[] = []): Promise<World> => {
  const world = await createPopulatedWorld({ parameters: [...smallChunks, ...options] })
  await storeModel(world)
  return world
}

export const smallChunks = rules({ chunkBytes: BigInt(chunkBytes) })

/** On a world with small chunks. */
export const storeModel = async (world: World): Promise<void> => {
  await world.send(founder, "project", "publishGlobalModel", [1n, 1n, modelCid])
  await world.send(founder, "shards", "registerModel", registration)
  for (const by of [ann, bob, cleo]) await world.send(by, "shards", "registerProvider", [10_000n])
}

export const announcement = (index: number) =>
  [model, index, shardAt(index).hash, shardAt(index).size, index >= 3] as const
export const announce = (world: World, by: Address, index: number) =>
  world.send(by, "shards", "announceShard", announcement(index))
export const challenge = async (world: World, of: Address, index: number) => {
  world.mine(1)
  return world.send(outsider, "shards", "challengeShard", [model, index, of])
}
export const answerFor = async (world: World, by: Address, index: number, known = shardAt(index)) => {
  const drawn = await world.read("shards", "challengedChunks", [model, index, by])
  return [model, index, drawn.map(known.chunk), drawn.map(known.chunkProof), known.proof] as const
}
export const answer = async (world: World, by: Address, index: number) =>
  world.send(by, "shards", "answerChallenge", await answerFor(world, by, index))
export const hold = async (world: World, by: Address, index: number) => {
  await announce(world, by, index)
  await challenge(world, by, index)
  await answer(world, by, index)
}
export const providersOf = (world: World, index: number) =>
  world.read("shards", "getShardProviders", [model, index])
export const info = async (world: World, by: Address) => {
  const [capacity, used, reputation, won, lost, active] = await world.read("shards", "getProviderInfo", [by])
  return { capacity, used, reputation, won, lost, active }
}
