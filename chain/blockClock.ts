/** Block numbers, times and environments: all of them functions of virtual time, empty blocks included. */
import { sha256Hex } from "../sim/kernel/hash.ts"
import type { RandomStream } from "../sim/kernel/randomStream.ts"
import { MICROS_PER_SECOND, type Micros } from "../sim/kernel/time.ts"
import type { Address, BlockEnvironment, Hex } from "./engine/engine.ts"

export interface BlockClockOptions {
  readonly blockMicros: Micros
  readonly genesisTimeSeconds: number
  readonly blockGasLimit: bigint
  readonly coinbase: Address
  /** 32 bytes are drawn from it, once. */
  readonly stream: RandomStream
}

export interface BlockClock {
  /** The latest block at a time. */
  readonly blockAt: (timeMicros: Micros) => bigint
  readonly timeOf: (block: bigint) => Micros
  readonly timestampOf: (block: bigint) => bigint
  readonly environment: (block: bigint) => BlockEnvironment
}

export const createBlockClock = (options: BlockClockOptions): BlockClock => {
  const { blockMicros, genesisTimeSeconds, blockGasLimit, coinbase } = options
  if (!Number.isSafeInteger(genesisTimeSeconds) || genesisTimeSeconds < 0) {
    throw new RangeError(`genesisTimeSeconds must be a whole number of seconds; got ${genesisTimeSeconds}`)
  }
  if (blockMicros < MICROS_PER_SECOND || blockMicros % MICROS_PER_SECOND !== 0) {
    throw new RangeError(
      `blockSeconds must be whole seconds, at least 1; got ${blockMicros / MICROS_PER_SECOND}`,
    )
  }
  const key = Buffer.from(options.stream.bytes(32)).toString("hex")
  // By number, not by draw: so that it does not depend on which blocks were empty.
  const prevRandao = (block: bigint): Hex => `0x${sha256Hex(`${key}:${block}`)}`
  const timeOf = (block: bigint): Micros => Number(block) * blockMicros
  const timestampOf = (block: bigint): bigint =>
    BigInt(genesisTimeSeconds) + block * BigInt(blockMicros / MICROS_PER_SECOND)

  let latest: BlockEnvironment | undefined
  const environment = (block: bigint): BlockEnvironment =>
    latest?.number === block
      ? latest
      : (latest = {
          number: block,
          timestampSeconds: timestampOf(block),
          prevRandao: prevRandao(block),
          coinbase,
          gasLimit: blockGasLimit,
        })

  return {
    blockAt: (timeMicros) => BigInt(Math.floor(timeMicros / blockMicros)),
    timeOf,
    timestampOf,
    environment,
  }
}
