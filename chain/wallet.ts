/** Whose account a program acts for. */
import { Context } from "effect"
import { type Address, getAddress, keccak256, stringToHex } from "viem"

/** The account that sends the transactions of the program at hand. Each agent is given its own. */
export class Wallet extends Context.Service<Wallet, { readonly address: Address }>()("autonet/Wallet") {}

/** Changing this changes every address, and with them every digest. */
const domain = "autonet-sim/account/v1:"

/**
 * The account of a name: the last 20 bytes of the Keccak-256 of a domain and the name, checksummed. No key
 * belongs to it, and none is needed: nothing is signed.
 */
export const addressFromName = (name: string): Address =>
  getAddress(`0x${keccak256(stringToHex(domain + name)).slice(-40)}`)
