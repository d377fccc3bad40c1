/** What an agent owns, by the definition of profit: ATN, stake, claimable ATN, project tokens at the stated price. */
import { Effect } from "effect"
import type { Contracts } from "../agents/contracts.ts"
import type { Offers } from "../agents/protocol/offers.ts"
import { accountsOf, type CastMember } from "./cast.ts"

/** Wei; project tokens are valued in ATN. */
export interface Holdings {
  readonly balance: bigint
  readonly stake: bigint
  readonly claimable: bigint
  readonly projectTokens: bigint
}

const ONE = 10n ** 18n

/** Reads the holdings of all accounts of an agent. */
export const holdingsOf = Effect.fnUntraced(function* (options: {
  readonly contracts: Contracts
  readonly offers: Offers
  readonly member: CastMember
  readonly projectTokenPriceWei: bigint
}) {
  const { contracts, offers, member, projectTokenPriceWei } = options
  let holdings: Holdings = { balance: 0n, stake: 0n, claimable: 0n, projectTokens: 0n }
  for (const account of accountsOf(member)) {
    const balance = yield* contracts.token.read.balanceOf([account])
    const { amount } = yield* contracts.staking.read.getStake([account])
    const tokens = yield* contracts.projectToken.read.balanceOf([account])
    holdings = {
      balance: holdings.balance + balance,
      stake: holdings.stake + amount,
      claimable: holdings.claimable,
      projectTokens: holdings.projectTokens + (tokens * projectTokenPriceWei) / ONE,
    }
  }
  const revenue = yield* withdrawableRevenue(options)
  if (revenue > 0n) holdings = { ...holdings, claimable: revenue }
  // Governance names the first keeper; nobody else has bonds in the registry, if the set knows bonds at all.
  const hasBonds = member.role === "keeper" && member.index === 0
  if (!hasBonds || !offers("ForcedErrorRegistry.keeperBonds")) return holdings
  // Bonds of commitments that are still open come back with their opening.
  const bonds = yield* contracts.forcedErrors.read.keeperBonds()
  return { ...holdings, claimable: holdings.claimable + bonds }
})

/** Revenue of projects, anybody's, that the accounts could withdraw now, where the set says how much that is. */
const withdrawableRevenue = Effect.fnUntraced(function* (options: {
  readonly contracts: Contracts
  readonly offers: Offers
  readonly member: CastMember
}) {
  const { offers, member } = options
  const { project } = options.contracts
  if (!offers("Project.withdrawableRevenue") || !offers("Project.ledgerOf")) return 0n
  const next = yield* project.read.nextProjectId()
  let sum = 0n
  for (let id = 1n; id < next; id++) {
    const { revenue } = yield* project.read.ledgerOf([id])
    if (revenue === 0n) continue
    for (const account of accountsOf(member)) {
      sum += yield* project.read.withdrawableRevenue([id, account])
    }
  }
  return sum
})

/** The change from one moment to another. */
export const changeOf = (before: Holdings, after: Holdings): Holdings => ({
  balance: after.balance - before.balance,
  stake: after.stake - before.stake,
  claimable: after.claimable - before.claimable,
  projectTokens: after.projectTokens - before.projectTokens,
})
