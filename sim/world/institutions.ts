import { addressFromName } from "../../chain/wallet.ts"

/** Accounts that are no agents. */
export const institutions = {
  /** Deploys and governs the contracts. */
  governance: addressFromName("governance"),
  treasury: addressFromName("treasury"),
  /** Founds the project and pays its budget in. */
  founder: addressFromName("founder"),
  /** Holds all ATN that nobody else got. */
  holders: addressFromName("holders"),
} as const
