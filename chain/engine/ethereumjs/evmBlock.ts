import type { Address } from "@ethereumjs/util"
import type { EVMRunCallOpts } from "@ethereumjs/evm"
import { type BlockEnvironment, InvalidMessage } from "../engine.ts"
import { hexToBytes } from "../hexToBytes.ts"

type EvmBlock = NonNullable<EVMRunCallOpts["block"]>

let last: { environment: BlockEnvironment; block: EvmBlock } | undefined

/** The block as EthereumJS's opcodes read it. All messages of one block share one object. */
export const evmBlock = (environment: BlockEnvironment, coinbase: Address): EvmBlock => {
  if (last?.environment === environment) return last.block
  const prevRandao = hexToBytes(environment.prevRandao)
  if (prevRandao?.length !== 32)
    throw new InvalidMessage(`prevRandao must have 32 bytes: ${environment.prevRandao}`)
  const block = {
    header: {
      number: environment.number,
      coinbase,
      timestamp: environment.timestampSeconds,
      difficulty: 0n,
      prevRandao,
      gasLimit: environment.gasLimit,
      gasUsed: 0n,
      baseFeePerGas: environment.baseFeePerGas ?? 0n,
      slotNumber: 0n,
      getBlobGasPrice: () => environment.blobBaseFee ?? 1n,
    },
  } as unknown as EvmBlock
  last = { environment, block }
  return block
}
