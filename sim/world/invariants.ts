import type { Address } from "viem"
import type { Contracts } from "../agents/contracts.ts"
import type { Invariant } from "../mechanisms/invariants/invariant.ts"
import { jackpotsBacked } from "../mechanisms/invariants/jackpotsBacked.ts"
import { projectsBacked } from "../mechanisms/invariants/projectsBacked.ts"
import { stakesBacked } from "../mechanisms/invariants/stakesBacked.ts"
import { tokenLedger } from "../mechanisms/invariants/tokenLedger.ts"

/** All invariants, always on. */
export const invariantsOf = (
  { token, staking, project, forcedErrors }: Contracts,
  balancesAtGenesis: ReadonlyMap<Address, bigint>,
): readonly Invariant[] => [
  tokenLedger(token, balancesAtGenesis),
  stakesBacked(token, staking),
  projectsBacked(token, project),
  jackpotsBacked(token, forcedErrors),
]
