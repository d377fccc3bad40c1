import { Effect } from "effect"
import type { Agent } from "../agent.ts"

/** What the agent owns and has at stake, less what its work has cost it: differences of it are profits. Wei; no gas. */
export const wealthOf = Effect.fnUntraced(function* (agent: Agent) {
  const { token, staking } = agent.contracts
  const { amount } = yield* staking.read.getStake([agent.account])
  return (yield* token.read.balanceOf([agent.account])) + amount - agent.work.spentWei()
})
