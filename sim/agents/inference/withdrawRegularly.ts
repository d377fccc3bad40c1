import { Effect } from "effect"
import { Chain } from "../../../chain/chain.ts"
import type { Agent } from "../agent.ts"
import { expectRevert } from "../steps/expectRevert.ts"

/** A thousandth of an ATN: what a withdrawal's gas may cost. */
const WORTH_THE_GAS_WEI = 10n ** 15n

/** Withdraws the account's share of a project's revenue for as long as the agent lives, when there is any. */
export const withdrawRegularly = Effect.fnUntraced(function* (
  { contracts, account }: Agent,
  projectId: bigint,
  everyBlocks: number,
) {
  const chain = yield* Chain
  const { project } = contracts
  for (;;) {
    yield* chain.awaitBlock((yield* chain.blockNumber) + BigInt(everyBlocks))
    const owed = yield* project.read.withdrawableRevenue([projectId, account])
    if (owed >= WORTH_THE_GAS_WEI) yield* expectRevert(project.write.withdrawRevenue([projectId]))
  }
})
