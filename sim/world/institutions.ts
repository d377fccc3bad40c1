import { addressFromName } from "../../chain/wallet.ts"

/** Accounts that are no agents. */
export const institutions = {
  /** Deploys the contracts, and governs them where no timelock does. */
  governance: addressFromName("governance"),
  /** Holds the treasury of a set that has no contract for it. */
  treasury: addressFromName("treasury"),
  /** Founds the project and pays its budget in. */
  founder: addressFromName("founder"),
  /** Holds all ATN that nobody else got. */
  holders: addressFromName("holders"),
} as const
