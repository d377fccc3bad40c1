import type { Address } from "@ethereumjs/util"
import { bytesToUnprefixed } from "./words.ts"

/** An address as the key of a map: 40 lower-case hex digits, no prefix. */
export type AddressKey = string

const cache = Symbol("autonet-sim/addressKey")

interface KeyedAddress extends Address {
  [cache]?: AddressKey
}

/** The key of an address, computed once per object: EthereumJS passes the same object around a lot. */
export const addressKey = (address: Address): AddressKey => {
  const keyed = address as KeyedAddress
  return (keyed[cache] ??= bytesToUnprefixed(address.bytes))
}
