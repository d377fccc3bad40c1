/** What can be known of jackpots where neither reservations nor bonds are public. */
import { Effect } from "effect"
import type { atnTokenAbi } from "../../../chain/abi/atnToken.ts"
import type { forcedErrorRegistryAbi } from "../../../chain/abi/forcedErrorRegistry.ts"
import type { Contract } from "../../../chain/contractTypes.ts"
import { touches } from "./blockActivity.ts"
import type { Invariant } from "./invariant.ts"

export const jackpotPoolBacked = (
  token: Contract<typeof atnTokenAbi>,
  forcedErrors: Contract<typeof forcedErrorRegistryAbi>,
): Invariant => ({
  name: "jackpot-pool-backed",
  statement: "The registry holds at least the ATN of the jackpot pool.",
  needs: [],
  check: Effect.fnUntraced(function* (block) {
    if (!touches(block, forcedErrors.address)) return undefined
    const pool = yield* forcedErrors.read.jackpotPool()
    const held = yield* token.read.balanceOf([forcedErrors.address])
    return held >= pool ? undefined : `the registry holds ${held} wei, the jackpot pool is ${pool}`
  }),
})
