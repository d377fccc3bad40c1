/** A bond is a moving average of agreement, so it is a share. */
import { Effect } from "effect"
import type { resultsRewardsAbi } from "../../../chain/abi/resultsRewards.ts"
import type { Contract } from "../../../chain/contractTypes.ts"
import { ONE } from "../contractParameter.ts"
import { logsOf } from "./blockActivity.ts"
import type { Invariant } from "./invariant.ts"

export const bondsBounded = (results: Contract<typeof resultsRewardsAbi>): Invariant => ({
  name: "bonds-bounded",
  statement: "Every coordinator's bond lies within [0, 1], and nobody has more correct votes than votes.",
  needs: [],
  check: Effect.fnUntraced(function* (block) {
    const updates = results.events.BondUpdated.findAll(logsOf(block))
    for (const coordinator of new Set(updates.map(({ args }) => args.coordinator))) {
      const bond = yield* results.read.getCoordinatorBond([coordinator])
      const { emaBondStrength, correctVotes, totalVotes } = bond
      if (emaBondStrength > ONE) return `the bond of ${coordinator} is ${emaBondStrength}, above ${ONE}`
      if (correctVotes > totalVotes) {
        return `${coordinator} has ${correctVotes} correct votes of ${totalVotes}`
      }
    }
    return undefined
  }),
})
