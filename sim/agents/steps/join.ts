import { Effect } from "effect"
import { roleNumbers, type StakingRole } from "../../mechanisms/staking.ts"
import type { Agent } from "../agent.ts"

/** Stakes `stakeWei` for a role from the account that sends: approve, then stake. */
export const stakeAs = Effect.fnUntraced(function* (agent: Agent, role: StakingRole, stakeWei: bigint) {
  const { token, staking } = agent.contracts
  yield* token.write.approve([staking.address, stakeWei])
  yield* staking.write.stake([roleNumbers[role], stakeWei])
})

/**
 * Brings the stake back to what the agent means to hold, as far as its balance reaches: after a slash it would
 * otherwise be below its role's minimum, and out of the protocol.
 */
export const topUpStake = Effect.fnUntraced(function* (agent: Agent) {
  const { token, staking } = agent.contracts
  const { amount } = yield* staking.read.getStake([agent.account])
  const balance = yield* token.read.balanceOf([agent.account])
  const missing = agent.stakeWei - amount
  const added = missing < balance ? missing : balance
  if (added <= 0n) return
  yield* token.write.approve([staking.address, added])
  yield* staking.write.addToStake([added])
})
