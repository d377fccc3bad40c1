/** Every jackpot that was promised can be paid. */
import { Effect } from "effect"
import type { atnTokenAbi } from "../../../chain/abi/atnToken.ts"
import type { forcedErrorRegistryAbi } from "../../../chain/abi/forcedErrorRegistry.ts"
import type { Contract } from "../../../chain/contractTypes.ts"
import { touches } from "./blockActivity.ts"
import type { Invariant } from "./invariant.ts"

export const jackpotsBacked = (
  token: Contract<typeof atnTokenAbi>,
  forcedErrors: Contract<typeof forcedErrorRegistryAbi>,
): Invariant => ({
  name: "jackpots-backed",
  statement:
    "The registry's ATN is the jackpot pool and the keeper's bonds, and the pool covers what is reserved.",
  needs: ["ForcedErrorRegistry.keeperBonds", "ForcedErrorRegistry.reservedJackpots"],
  check: Effect.fnUntraced(function* (block) {
    if (!touches(block, forcedErrors.address)) return undefined
    const pool = yield* forcedErrors.read.jackpotPool()
    const reserved = yield* forcedErrors.read.reservedJackpots()
    if (pool < reserved) return `the jackpot pool is ${pool} wei, ${reserved} are reserved`
    const bonds = yield* forcedErrors.read.keeperBonds()
    const held = yield* token.read.balanceOf([forcedErrors.address])
    return held === pool + bonds
      ? undefined
      : `the registry holds ${held} wei, pool and bonds sum to ${pool + bonds}`
  }),
})
