import type { BlockEnvironment } from "../../chain/engine/engine.ts"

/** 2026-01-01 00:00:00 UTC: block 0 of every run. */
export const GENESIS_TIME_SECONDS = 1_767_225_600

/** The block in which contracts are deployed. */
export const genesisBlock: BlockEnvironment = {
  number: 0n,
  timestampSeconds: BigInt(GENESIS_TIME_SECONDS),
  prevRandao: `0x${"0".repeat(64)}`,
  coinbase: `0x${"0".repeat(40)}`,
  gasLimit: 30_000_000n,
}
