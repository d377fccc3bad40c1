/** Rewards, and how unequally they fall. */
import type { AgentResult } from "./runResult.ts"

/** What an agent gained before the cost of its work, wei; slashes are taken off, a loss counts as nothing. */
export function rewardOf({ money }: AgentResult): bigint {
  const gained = [money.balance, money.stake, money.claimable, money.projectTokens]
  const sum = gained.reduce((total, part) => total + BigInt(part), 0n)
  return sum > 0n ? sum : 0n
}

/**
 * Gini coefficient of amounts that are not negative: Σᵢⱼ |xᵢ − xⱼ| / (2 n Σ x), computed from sorted amounts in
 * integers. Null where nobody has anything.
 */
export function giniOf(amounts: readonly bigint[]): number | null {
  const sorted = amounts.toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
  const count = BigInt(sorted.length)
  const sum = sorted.reduce((total, amount) => total + amount, 0n)
  if (sum === 0n) return null
  // Of the i-th smallest of n, n − i are larger and i − 1 smaller: its weight in the sum of differences.
  const weighted = sorted.reduce((total, amount, i) => total + (2n * BigInt(i + 1) - count - 1n) * amount, 0n)
  const PRECISION = 10n ** 15n
  return Number((weighted * PRECISION) / (count * sum)) / 1e15
}
