/**
 * What each party lays out: how far its liquid ATN fall below what it began with, at their lowest. Stakes, deposits,
 * purchases and bribes that are put into escrow all leave the balance; what comes back, or was earned before, is no
 * outlay. A party is the agents of one owner together, or an agent that acts for itself.
 */
import { Clock, Effect } from "effect"
import type { Address } from "viem"
import type { ChainLog } from "../../chain/transaction.ts"
import type { Contracts } from "../agents/contracts.ts"
import type { PartyResult } from "../results/runResult.ts"
import { accountsOf, type CastMember } from "./cast.ts"
import { GENESIS_TIME_SECONDS } from "./genesisBlock.ts"
import { compare } from "./runResults.ts"

interface Party {
  readonly name: string
  readonly members: readonly CastMember[]
  /** Liquid ATN (wei) now, less those at the beginning. */
  change: bigint
  /** The lowest that `change` was at the end of a block, negated. */
  capital: bigint
  firstOutlaySeconds: number | undefined
  /** When liquid ATN were last below what they began with. */
  lastOutlaySeconds: number
}

const SECONDS_PER_DAY = 86_400

/** Watches the token's transfers. `blockSeconds`: nothing is bound for less than a block. */
export const createCapitalWatch = (options: {
  readonly contracts: Contracts
  readonly cast: readonly CastMember[]
  readonly blockSeconds: number
}) => {
  const { contracts, cast, blockSeconds } = options
  const { token, staking } = contracts
  const parties = partiesOf(cast)
  const partyOf = new Map<Address, Party>()
  for (const party of parties) {
    for (const account of party.members.flatMap(accountsOf)) partyOf.set(account, party)
  }
  const touched = new Set<Party>()

  const move = (account: Address, amount: bigint): void => {
    const party = partyOf.get(account)
    if (party === undefined) return
    party.change += amount
    touched.add(party)
  }

  const observe = (log: ChainLog): void => {
    const transfer = token.events.Transfer.decode(log)
    if (transfer === undefined) return
    move(transfer.from, -transfer.value)
    move(transfer.to, transfer.value)
  }

  const endBlock = (timeSeconds: number): void => {
    for (const party of parties) if (party.change < 0n) party.lastOutlaySeconds = timeSeconds
    for (const party of touched) {
      if (party.change >= 0n) continue
      party.firstOutlaySeconds ??= timeSeconds
      if (-party.change > party.capital) party.capital = -party.change
    }
    touched.clear()
  }

  /** Seconds from now until the last stake of the party can be withdrawn, if its owner asks at once. */
  const lockedSeconds = Effect.fnUntraced(function* ({ members }: Party, nowSeconds: number) {
    let longest = 0
    for (const account of members.flatMap(accountsOf)) {
      const { amount, role, lockupUntil, active } = yield* staking.read.getStake([account])
      if (amount === 0n) continue
      const lockup = Number(yield* staking.read.stakeLockupDuration([role]))
      const left = active ? lockup : Number(lockupUntil) - GENESIS_TIME_SECONDS - nowSeconds
      longest = Math.max(longest, left)
    }
    return longest
  })

  const results = Effect.gen(function* () {
    const nowSeconds = (yield* Clock.currentTimeMillis) / 1000
    const found: PartyResult[] = []
    for (const party of parties) {
      const { name, members, capital, firstOutlaySeconds: first, change, lastOutlaySeconds } = party
      const until = change < 0n ? nowSeconds + (yield* lockedSeconds(party, nowSeconds)) : lastOutlaySeconds
      const boundSeconds = first === undefined ? 0 : Math.max(blockSeconds, until - first)
      found.push({
        name,
        agents: members.map((member) => member.name).sort(compare),
        capital: String(capital),
        boundDays: boundSeconds / SECONDS_PER_DAY,
      })
    }
    return found.sort((a, b) => compare(a.name, b.name))
  })

  return { observe, endBlock, results }
}

const partiesOf = (cast: readonly CastMember[]): readonly Party[] => {
  const members = new Map<string, CastMember[]>()
  for (const member of cast) {
    const name = member.owner ?? member.name
    members.set(name, [...(members.get(name) ?? []), member])
  }
  const fresh = { change: 0n, capital: 0n, firstOutlaySeconds: undefined, lastOutlaySeconds: 0 }
  return [...members].map(([name, own]) => ({ name, members: own, ...fresh }))
}
