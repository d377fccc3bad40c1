import type { Address } from "viem"
import type { Contracts } from "../agents/contracts.ts"
import type { Offers } from "../agents/protocol/participant.ts"
import { budgetsBacked } from "../mechanisms/invariants/budgetsBacked.ts"
import type { Invariant } from "../mechanisms/invariants/invariant.ts"
import { jackpotPoolBacked } from "../mechanisms/invariants/jackpotPoolBacked.ts"
import { jackpotsBacked } from "../mechanisms/invariants/jackpotsBacked.ts"
import { projectsBacked } from "../mechanisms/invariants/projectsBacked.ts"
import { stakesBacked } from "../mechanisms/invariants/stakesBacked.ts"
import { tokenLedger } from "../mechanisms/invariants/tokenLedger.ts"

/** One that could not be checked, and why. */
export interface Unchecked {
  readonly invariant: string
  readonly reason: string
}

/** All invariants that the contract set lets anybody check, always on. */
export const invariantsOf = (
  contracts: Contracts,
  balancesAtGenesis: ReadonlyMap<Address, bigint>,
  offers: Offers,
): readonly Invariant[] =>
  allInvariants(contracts, balancesAtGenesis).flatMap(({ invariant, standIn }) => {
    if (lackedBy(invariant, offers).length === 0) return [invariant]
    return standIn === undefined ? [] : [standIn]
  })

/** The invariants that the contract set does not let anybody check. */
export const uncheckedInvariants = (contracts: Contracts, offers: Offers): readonly Unchecked[] =>
  allInvariants(contracts, new Map()).flatMap(({ invariant, standIn }) => {
    const lacked = lackedBy(invariant, offers)
    if (lacked.length === 0) return []
    const instead = standIn === undefined ? "" : `; ${standIn.name} is checked instead`
    return [{ invariant: invariant.name, reason: `the set has no ${lacked.join(", no ")}${instead}` }]
  })

interface Entry {
  readonly invariant: Invariant
  /** A weaker one that any set lets anybody check. */
  readonly standIn?: Invariant
}

const allInvariants = (
  { token, staking, project, forcedErrors }: Contracts,
  balancesAtGenesis: ReadonlyMap<Address, bigint>,
): readonly Entry[] => [
  { invariant: tokenLedger(token, balancesAtGenesis) },
  { invariant: stakesBacked(token, staking) },
  { invariant: projectsBacked(token, project), standIn: budgetsBacked(token, project) },
  { invariant: jackpotsBacked(token, forcedErrors), standIn: jackpotPoolBacked(token, forcedErrors) },
]

const lackedBy = ({ needs }: Invariant, offers: Offers): readonly string[] =>
  needs.filter((name) => !offers(name))
