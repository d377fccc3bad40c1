/**
 * The double-entry ledger over all token accounts: every ATN has exactly one holder.
 *
 * Two bookkeepers who know nothing of each other: this one replays `Transfer` events from genesis on, the token
 * contract keeps balances. After every block the two must agree on each account that moved, and on the supply.
 */
import { Effect } from "effect"
import type { Address } from "viem"
import type { Contract } from "../../../chain/contractTypes.ts"
import type { atnTokenAbi } from "../../../chain/abi/atnToken.ts"
import { logsOf } from "./blockActivity.ts"
import type { Invariant } from "./invariant.ts"

const NOBODY = "0x0000000000000000000000000000000000000000"

/** `genesis`: every account with ATN before the first block, wei. */
export const tokenLedger = (
  token: Contract<typeof atnTokenAbi>,
  genesis: ReadonlyMap<Address, bigint>,
): Invariant => {
  const balances = new Map(genesis)
  let supply = [...genesis.values()].reduce((sum, wei) => sum + wei, 0n)

  const move = (account: Address, wei: bigint): void => {
    if (account === NOBODY) supply -= wei
    else balances.set(account, (balances.get(account) ?? 0n) + wei)
  }

  return {
    name: "token-ledger",
    statement: "The supply of ATN is the sum of all holdings, and every holding is the sum of its transfers.",
    needs: [],
    check: Effect.fnUntraced(function* (block) {
      const transfers = token.events.Transfer.findAll(logsOf(block))
      if (transfers.length === 0) return undefined
      const moved = new Set<Address>()
      for (const { args } of transfers) {
        move(args.from, -args.value)
        move(args.to, args.value)
        moved.add(args.from).add(args.to)
      }
      for (const account of moved) {
        if (account === NOBODY) continue
        const actual = yield* token.read.balanceOf([account])
        const booked = balances.get(account) ?? 0n
        if (actual !== booked) return `${account} holds ${actual} wei, its transfers sum to ${booked}`
      }
      const actual = yield* token.read.totalSupply()
      const held = [...balances.values()].reduce((sum, wei) => sum + wei, 0n)
      if (actual !== held) return `the supply is ${actual} wei, holdings sum to ${held}`
      return actual === supply ? undefined : `the supply is ${actual} wei, mints less burns give ${supply}`
    }),
  }
}
