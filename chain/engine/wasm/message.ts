/** Messages and blocks into the core. */
import type { AccessListEntry, BlockEnvironment, Message } from "../engine.ts"
import type { Exchange } from "./exchange.ts"
import type { Core } from "./machine.ts"

/** Gas is counted in signed 64 bits. */
export const maxGasLimit = 2n ** 63n - 1n
const nonceLimit = 2n ** 64n
const wordLimit = 2n ** 256n
const zeroAddress = "0x0000000000000000000000000000000000000000"

export interface PlacedMessage {
  /** Bytes of data. */
  readonly size: number
  /** Where behind the data the access list lies; 0 for none. */
  readonly accessListAt: number
}

/** Writes a block into the core, where it stays until the next one. */
export const putBlock = (core: Core, exchange: Exchange, block: BlockEnvironment): void => {
  exchange.putAddress(0, block.coinbase)
  exchange.putNumber(32, block.number)
  exchange.putNumber(64, block.timestampSeconds)
  exchange.putWord(96, block.prevRandao)
  exchange.putNumber(128, block.gasLimit)
  exchange.putNumber(160, block.baseFeePerGas ?? 0n)
  exchange.putNumber(192, block.blobBaseFee ?? 1n)
  core.setBlock()
}

/**
 * Writes a message into the core; `undefined` when its numbers or data are none that it could read, which the rules of
 * all engines find too. Throws `InvalidMessage` for an address or a key that is none.
 */
export const putMessage = (core: Core, exchange: Exchange, message: Message): PlacedMessage | undefined => {
  const { from, to, data, value, gasLimit, nonce = 0n, fees, accessList, blobVersionedHashes } = message
  const { maxFeePerGas = 0n, maxPriorityFeePerGas = 0n } = fees ?? {}
  const fits = [value, maxFeePerGas, maxPriorityFeePerGas].every((word) => word >= 0n && word < wordLimit)
  if (!fits || gasLimit > maxGasLimit || blobVersionedHashes !== undefined) return undefined
  if (nonce < 0n || nonce >= nonceLimit) return undefined
  if (data.length % 2 !== 0 || !data.startsWith("0x")) return undefined
  const size = (data.length - 2) / 2
  const listBytes = accessList === undefined ? 0 : bytesOf(accessList)
  const listAt = Math.ceil(size / 32) * 32 + 32
  const room = core.inputRoom(listAt + listBytes)
  if (exchange.putHexAt(room, data) !== size) return undefined
  if (accessList !== undefined) putAccessList(exchange, room + listAt, accessList)
  exchange.putAddress(0, from)
  exchange.putAddress(32, to ?? zeroAddress)
  exchange.putNumber(64, value)
  exchange.putNumber(96, maxFeePerGas)
  exchange.putNumber(128, maxPriorityFeePerGas)
  return { size, accessListAt: accessList === undefined ? 0 : listAt }
}

const bytesOf = (list: readonly AccessListEntry[]): number =>
  list.reduce((bytes, { storageKeys }) => bytes + 64 + storageKeys.length * 32, 32)

const putAccessList = (exchange: Exchange, at: number, list: readonly AccessListEntry[]): void => {
  exchange.putUint32At(at, list.length)
  let cursor = at + 32
  for (const { address, storageKeys } of list) {
    exchange.putAddressAt(cursor, address)
    exchange.putUint32At(cursor + 32, storageKeys.length)
    cursor += 64
    for (const key of storageKeys) {
      exchange.putWordAt(cursor, key)
      cursor += 32
    }
  }
}
