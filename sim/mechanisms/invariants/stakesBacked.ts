/** The staking contract holds what it says participants staked, no less and no more. */
import { Effect } from "effect"
import type { Address } from "viem"
import type { atnTokenAbi } from "../../../chain/abi/atnToken.ts"
import type { participantStakingAbi } from "../../../chain/abi/participantStaking.ts"
import type { Contract } from "../../../chain/contractTypes.ts"
import { logsOf, movedAtn } from "./blockActivity.ts"
import type { Invariant } from "./invariant.ts"

/** Participants are learnt from `Staked` events, so nobody needs to list them. */
export const stakesBacked = (
  token: Contract<typeof atnTokenAbi>,
  staking: Contract<typeof participantStakingAbi>,
): Invariant => {
  const stakes = new Map<Address, bigint>()
  return {
    name: "stakes-backed",
    statement: "The staking contract's ATN is the sum of all stakes, pending withdrawals included.",
    needs: [],
    check: Effect.fnUntraced(function* (block) {
      const logs = logsOf(block)
      const { Staked, Slashed, Unstaked } = staking.events
      const touched = [Staked, Slashed, Unstaked].flatMap((event) =>
        event.findAll(logs).map(({ args }) => args.participant),
      )
      if (touched.length === 0 && !movedAtn(token, staking.address, logs)) return undefined
      for (const participant of new Set(touched)) {
        stakes.set(participant, (yield* staking.read.getStake([participant])).amount)
      }
      const held = yield* token.read.balanceOf([staking.address])
      const sum = [...stakes.values()].reduce((total, wei) => total + wei, 0n)
      return held === sum ? undefined : `the staking contract holds ${held} wei, stakes sum to ${sum}`
    }),
  }
}
