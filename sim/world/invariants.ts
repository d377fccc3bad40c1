import { zeroAddress, type Address } from "viem"
import { bindContracts, type ContractAddresses, type Contracts } from "../agents/contracts.ts"
import type { Offers } from "../agents/protocol/offers.ts"
import { bondsBounded } from "../mechanisms/invariants/bondsBounded.ts"
import { budgetsBacked } from "../mechanisms/invariants/budgetsBacked.ts"
import { disputesBacked } from "../mechanisms/invariants/disputesBacked.ts"
import type { Invariant } from "../mechanisms/invariants/invariant.ts"
import { jackpotPoolBacked } from "../mechanisms/invariants/jackpotPoolBacked.ts"
import { jackpotsBacked } from "../mechanisms/invariants/jackpotsBacked.ts"
import type { Law } from "../mechanisms/invariants/law.ts"
import { livenessOf, type Liveness } from "../mechanisms/invariants/liveness.ts"
import { projectsBacked } from "../mechanisms/invariants/projectsBacked.ts"
import { slashesBounded } from "../mechanisms/invariants/slashesBounded.ts"
import { stakesBacked } from "../mechanisms/invariants/stakesBacked.ts"
import { statusesForward } from "../mechanisms/invariants/statusesForward.ts"
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

/** What must hold at the end of a run, if the contract set lets anybody check it. */
export const livenessFor = (contracts: Contracts, offers: Offers): Liveness | undefined => {
  const liveness = livenessOf(contracts)
  return lackedBy(liveness, offers).length === 0 ? liveness : undefined
}

/** The invariants that a contract set does not let anybody check, wherever it may be deployed. */
export const uncheckedInvariants = (offers: Offers): readonly Unchecked[] => {
  const contracts = bindContracts(nowhere, [])
  const atTheEnd: { readonly invariant: Law; readonly standIn?: Law } = { invariant: livenessOf(contracts) }
  return [...allInvariants(contracts, new Map()), atTheEnd].flatMap(({ invariant, standIn }) => {
    const lacked = lackedBy(invariant, offers)
    if (lacked.length === 0) return []
    const instead = standIn === undefined ? "" : `; ${standIn.name} is checked instead`
    return [{ invariant: invariant.name, reason: `the set has no ${lacked.join(", no ")}${instead}` }]
  })
}

const nowhere: ContractAddresses = {
  token: zeroAddress,
  projectToken: zeroAddress,
  staking: zeroAddress,
  project: zeroAddress,
  tasks: zeroAddress,
  results: zeroAddress,
  forcedErrors: zeroAddress,
  disputes: zeroAddress,
}

interface Entry {
  readonly invariant: Invariant
  /** A weaker one that any set lets anybody check. */
  readonly standIn?: Invariant
}

const allInvariants = (
  { token, staking, project, tasks, results, forcedErrors, disputes }: Contracts,
  balancesAtGenesis: ReadonlyMap<Address, bigint>,
): readonly Entry[] => [
  { invariant: tokenLedger(token, balancesAtGenesis) },
  { invariant: stakesBacked(token, staking) },
  { invariant: projectsBacked(token, project), standIn: budgetsBacked(token, project) },
  { invariant: jackpotsBacked(token, forcedErrors), standIn: jackpotPoolBacked(token, forcedErrors) },
  { invariant: statusesForward(tasks) },
  { invariant: bondsBounded(results) },
  { invariant: slashesBounded(token, staking) },
  ...(disputes === undefined ? [] : [{ invariant: disputesBacked(token, disputes) }]),
]

const lackedBy = ({ needs }: Law, offers: Offers): readonly string[] => needs.filter((name) => !offers(name))
