/** A long search in pieces that are found by number, run anywhere, and never need to run twice. */
import type { SearchResult } from "./search.ts"
import { search } from "./search.ts"
import { type PairName, openPair } from "./enginePairs.ts"

export const scenariosPerChunk = 250

/** So different seeds of a search share no chunk's seed. */
const seedOfChunk = (seed: number, chunk: number): number => {
  let mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) + Math.imul(chunk + 1, 0xc2b2ae35)
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d)
  return mixed ^ (mixed >>> 13)
}

export interface ChunkResult extends SearchResult {
  readonly chunk: number
}

export interface ChunkRequest {
  readonly pair: PairName
  readonly seed: number
  readonly chunk: number
}

export const runChunk = async ({ pair, seed, chunk }: ChunkRequest): Promise<ChunkResult> => ({
  chunk,
  ...(await search(openPair(pair), { seed: seedOfChunk(seed, chunk), scenarios: scenariosPerChunk })),
})
