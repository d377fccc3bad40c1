/** From a call to its execution by the DAO: propose, vote, queue, wait out the timelock, execute. */
import { Effect } from "effect"
import type { Address } from "viem"
import { Chain } from "../../../chain/chain.ts"
import type { Agent } from "../agent.ts"
import { expectRevert, unlessReverted } from "../steps/expectRevert.ts"
import type { Call } from "./call.ts"
import { readMotion } from "./motion.ts"

/** Delegates the sender's ATN to itself: only then do they count as votes. */
export const holdVotes = (agent: Agent) => agent.contracts.token.write.delegate([agent.account])

/** Proposes a call, bound in full. The proposal's number; undefined where the DAO refuses, or there is none. */
export const propose = Effect.fnUntraced(function* (agent: Agent, call: Call, description: string) {
  const { dao } = agent.contracts
  if (dao === undefined) return undefined
  const receipt = yield* unlessReverted(dao.write.proposeFor([call.target, 0n, call.data, description]))
  return receipt === undefined ? undefined : dao.events.ProposalCreated.find(receipt.logs).proposalId
})

/** Votes as soon as votes are open. */
export const voteEarly = Effect.fnUntraced(function* (agent: Agent, proposalId: bigint, support: boolean) {
  const { dao } = agent.contracts
  if (dao === undefined) return false
  const chain = yield* Chain
  yield* chain.awaitBlock((yield* readMotion(dao, proposalId)).startBlock)
  return yield* expectRevert(dao.write.castVote([proposalId, support]))
})

/**
 * After the votes: queues what has carried, waits out the timelock and executes. Whether the call was made. `target` is
 * where it is to be made, by default where it is bound to.
 */
export const enact = Effect.fnUntraced(function* (
  agent: Agent,
  proposalId: bigint,
  call: Call,
  target: Address = call.target,
) {
  const { dao } = agent.contracts
  if (dao === undefined) return false
  const chain = yield* Chain
  yield* chain.awaitBlock((yield* readMotion(dao, proposalId)).endBlock)
  const queued = yield* unlessReverted(dao.write.queue([proposalId]))
  if (queued === undefined) return false
  yield* awaitTimestamp(dao.events.ProposalQueued.find(queued.logs).readyAt)
  return yield* expectRevert(dao.write.execute([proposalId, target, call.data]))
})

/** Everything that a holder can do for a call of its own. Whether the call was made. */
export const carry = Effect.fnUntraced(function* (agent: Agent, call: Call, description: string) {
  const proposalId = yield* propose(agent, call, description)
  if (proposalId === undefined) return false
  yield* voteEarly(agent, proposalId, true)
  return yield* enact(agent, proposalId, call)
})

/** Waits for the last block before the first whose Unix time (seconds) is at least this: the next transaction is in time. */
const awaitTimestamp = Effect.fnUntraced(function* (seconds: bigint) {
  const chain = yield* Chain
  const now = yield* chain.blockNumber
  const blockSeconds = chain.timestampOf(now + 1n) - chain.timestampOf(now)
  const missing = seconds - chain.timestampOf(now)
  if (missing > blockSeconds) yield* chain.awaitBlock(now + (missing + blockSeconds - 1n) / blockSeconds - 1n)
})
