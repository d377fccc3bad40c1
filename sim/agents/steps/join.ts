import { Effect } from "effect"
import { maxUint256 } from "viem"
import { roleNumbers, type StakingRole } from "../../mechanisms/staking.ts"
import type { Agent } from "../agent.ts"
import { expectRevert } from "./expectRevert.ts"
import { wouldSucceed } from "./wouldSucceed.ts"

/** Stakes for a role from the account that sends, and lets the staking contract take later top-ups. */
export const stakeAs = Effect.fnUntraced(function* (agent: Agent, role: StakingRole, stakeWei: bigint) {
  const { token, staking } = agent.contracts
  yield* token.write.approve([staking.address, maxUint256])
  yield* staking.write.stake([roleNumbers[role], stakeWei])
})

/**
 * Brings the stake back to what the agent means to hold, as far as its balance reaches: after a slash it would
 * otherwise be below its role's minimum, and out of the protocol. One at a time for each agent, so that two tasks
 * that end together do not top up twice.
 */
export const topUpStake = (agent: Agent) =>
  agent.oneAtATime(
    Effect.gen(function* () {
      const { token, staking } = agent.contracts
      const { amount } = yield* staking.read.getStake([agent.account])
      const balance = yield* token.read.balanceOf([agent.account])
      const missing = agent.stakeWei - amount
      const added = missing < balance ? missing : balance
      if (added <= 0n) return
      // A set may refuse: then nothing can be mended, and trying would only cost gas.
      const accepted = yield* wouldSucceed(staking.simulate.addToStake([added]))
      if (accepted) yield* expectRevert(staking.write.addToStake([added]))
    }),
  )
