/** Who may appear in a generated world. Fixed, so that programs can name them. */
import { type Address, type Hex, concatHex, getContractAddress, keccak256, pad, toHex } from "viem"

const addressAt = (index: number): Address => pad(toHex(index), { size: 20 })

/** Accounts without code that send transactions. */
export const senders: readonly Address[] = [0x1000, 0x1001, 0x1002].map(addressAt)
/** Where a world's contracts stand; a world has the first few of them. */
export const contracts: readonly Address[] = [0x2000, 0x2001, 0x2002, 0x2003].map(addressAt)
export const coinbase: Address = addressAt(0xcc00)
/** Nobody has ever been there. */
export const strangers: readonly Address[] = [
  addressAt(0x3000),
  "0xffffffffffffffffffffffffffffffffffffffff",
  addressAt(0),
]
/** Without 0x0a, which engines need not have. */
export const precompiles: readonly Address[] = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(addressAt)

/** Where the contracts' first creations end up. */
export const firstCreations: readonly Address[] = contracts
  .slice(0, 2)
  .map((from) => getContractAddress({ from, nonce: 1n }))

export const createdBy = (from: Address, nonce: bigint): Address =>
  getContractAddress({ from, nonce }).toLowerCase() as Address

export const create2Address = (from: Address, salt: bigint, initCode: Hex): Address => {
  const seed = concatHex(["0xff", from, pad(toHex(salt), { size: 32 }), keccak256(initCode)])
  return `0x${keccak256(seed).slice(-40)}`
}
