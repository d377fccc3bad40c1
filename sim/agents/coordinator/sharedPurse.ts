/** A ring's common purse: whoever a slash took below its stake, and who has no ATN left, is helped by the richest. */
import { Effect } from "effect"
import type { Address } from "viem"
import { Chain } from "../../../chain/chain.ts"
import type { Agent } from "../agent.ts"
import type { Channel, Shortfall } from "../channel.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { topUpStake } from "../steps/join.ts"

/** Words and transfers are through by then. */
const HELP_BLOCKS = 3n

/** Answers what other members ask for, for as long as the scope is open. */
export const helpOthers = Effect.fnUntraced(function* (agent: Agent, channel: Channel) {
  const { take } = yield* channel.listen
  const answer = Effect.flatMap(take, (whisper) =>
    whisper.kind === "shortfall" ? Effect.orDie(help(agent, whisper)) : Effect.void,
  )
  yield* Effect.forkScoped(Effect.forever(answer))
})

/** Restores its own stake; what it lacks for that it asks the others for. */
export const topUpFromPurse = Effect.fnUntraced(function* (agent: Agent, channel: Channel) {
  yield* topUpStake(agent)
  const { amount } = yield* agent.contracts.staking.read.getStake([agent.account])
  const missingWei = agent.stakeWei - amount
  if (missingWei <= 0n) return
  yield* channel.tell({ kind: "shortfall", account: agent.account, missingWei })
  const chain = yield* Chain
  yield* chain.awaitBlock((yield* chain.blockNumber) + HELP_BLOCKS)
  yield* topUpStake(agent)
})

/** The member with most ATN pays, as everybody can see who that is. */
const help = Effect.fnUntraced(function* (agent: Agent, { account, missingWei }: Shortfall) {
  const { token } = agent.contracts
  const others = agent.accomplices.filter((other) => other.role === agent.role && other.account !== account)
  let richest: { readonly holder: Address; readonly balance: bigint } = { holder: account, balance: 0n }
  const holders = [agent.account, ...others.map((other) => other.account)].sort((a, b) => (a < b ? -1 : 1))
  for (const holder of holders) {
    const balance = yield* token.read.balanceOf([holder])
    if (balance > richest.balance) richest = { holder, balance }
  }
  if (richest.holder !== agent.account) return
  const amount = missingWei < richest.balance ? missingWei : richest.balance
  yield* expectRevert(token.write.transfer([account, amount]))
})
