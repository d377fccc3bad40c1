/** Proposals as voters find them on the chain. */
import { Effect } from "effect"
import type { Address } from "viem"
import type { Chain } from "../../../chain/chain.ts"
import type { ContractReadError } from "../../../chain/errors.ts"
import type { Contracts } from "../contracts.ts"
import type { Call } from "./call.ts"

export interface Motion {
  readonly id: bigint
  readonly proposer: Address
  readonly description: string
  /** Votes are open in the blocks after the first, up to the second. */
  readonly startBlock: bigint
  readonly endBlock: bigint
  /** What it is bound to; undefined where a proposal shows only the hash of its calldata. */
  readonly call: Call | undefined
  readonly amendment: boolean
}

export type Government = NonNullable<Contracts["dao"]>

/**
 * A proposal by its number, with the call that it is bound to. Who knows the block in which it was made need not search
 * the others.
 */
export const readMotion = Effect.fnUntraced(function* (
  dao: Government,
  id: bigint,
  block?: bigint,
): Effect.fn.Return<Motion, ContractReadError, Chain> {
  const { proposer, description, startBlock, endBlock } = yield* dao.read.proposals([id])
  const range = block === undefined ? {} : { fromBlock: block, toBlock: block }
  const bound = (yield* dao.events.ProposalBound.past(range)).find(({ args }) => args.proposalId === id)?.args
  const call = bound === undefined ? undefined : { target: bound.target, data: bound.data }
  return { id, proposer, description, startBlock, endBlock, call, amendment: bound?.amendment === true }
})
