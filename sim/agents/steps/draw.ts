import { Effect, Random } from "effect"
import type { Hex } from "viem"
import { isWhole, refuseDecision } from "../decisionRefused.ts"

const MOST = Number.MAX_SAFE_INTEGER

/** 32 bytes from the agent's own stream: a salt. Eight hex digits a draw. */
export const randomBytes32: Effect.Effect<Hex> = Effect.map(
  Effect.forEach([0, 1, 2, 3, 4, 5, 6, 7], () => Random.nextIntBetween(0, 0xffff_ffff)),
  (words) => `0x${words.map((word) => word.toString(16).padStart(8, "0")).join("")}` as const,
)

/** `count` different indices below `size`, ascending, from the agent's own stream (Floyd's algorithm). */
export const randomIndices = Effect.fnUntraced(function* (size: number, count: number) {
  if (!isWhole(size, 0, MOST) || !isWhole(count, 0, MOST)) {
    yield* refuseDecision("randomIndices(size, count)", "two whole numbers, at least 0", { size, count })
  }
  const drawn = new Set<number>()
  for (let bound = size - Math.min(size, count); bound < size; bound++) {
    const candidate = yield* Random.nextIntBetween(0, bound)
    drawn.add(drawn.has(candidate) ? bound : candidate)
  }
  return [...drawn].sort((a, b) => a - b)
})
