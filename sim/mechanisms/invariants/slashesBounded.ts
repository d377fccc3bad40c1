/** Nobody loses more than it put at stake. */
import { Effect } from "effect"
import type { Address } from "viem"
import type { atnTokenAbi } from "../../../chain/abi/atnToken.ts"
import type { participantStakingAbi } from "../../../chain/abi/participantStaking.ts"
import type { Contract } from "../../../chain/contractTypes.ts"
import type { ChainLog } from "../../../chain/transaction.ts"
import { logsOf } from "./blockActivity.ts"
import type { Invariant } from "./invariant.ts"

/**
 * Keeps its own books, from events alone: what a participant paid in, less what slashes took, up to its withdrawal.
 * The staking contract's opinion is not asked.
 */
export const slashesBounded = (
  token: Contract<typeof atnTokenAbi>,
  staking: Contract<typeof participantStakingAbi>,
): Invariant => {
  const left = new Map<Address, bigint>()

  /** Says what is wrong with a slash, or nothing. */
  const book = (log: ChainLog): string | undefined => {
    const paid = token.events.Transfer.decode(log)
    if (paid?.to === staking.address) left.set(paid.from, (left.get(paid.from) ?? 0n) + paid.value)
    const unstaked = staking.events.Unstaked.decode(log)
    if (unstaked !== undefined) left.delete(unstaked.participant)
    const slashed = staking.events.Slashed.decode(log)
    if (slashed === undefined) return undefined
    const { participant, amount } = slashed
    const before = left.get(participant) ?? 0n
    left.set(participant, amount > before ? 0n : before - amount)
    return amount > before ? `${participant} had ${before} wei at stake and was slashed ${amount}` : undefined
  }

  return {
    name: "slashes-bounded",
    statement: "A participant's slashes never exceed what it staked.",
    needs: [],
    check: (block) =>
      Effect.sync(() => {
        const broken = logsOf(block)
          .map(book)
          .filter((message) => message !== undefined)
        return broken.length === 0 ? undefined : broken.join("; ")
      }),
  }
}
