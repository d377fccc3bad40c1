/** The state after a load's setup as a genesis file, so that anvil starts where every other contender does. */
import { toHex } from "viem"
import type { BlockEnvironment } from "../../../chain/engine/engine.ts"
import { createEthereumJsEngine } from "../../../chain/engine/ethereumjs/createEthereumJsEngine.ts"
import type { Load, Transaction } from "./load.ts"

export interface AnvilGenesis {
  readonly file: string
  /** The block before the cycle's first. */
  readonly number: bigint
  readonly timestampSeconds: bigint
}

const earlierForks = [
  "homesteadBlock",
  "eip150Block",
  "eip155Block",
  "eip158Block",
  "byzantiumBlock",
  "constantinopleBlock",
  "petersburgBlock",
  "istanbulBlock",
  "berlinBlock",
  "londonBlock",
  "terminalTotalDifficulty",
  "shanghaiTime",
  "cancunTime",
]

export const anvilGenesisOf = async ({ setup, cycle }: Load): Promise<AnvilGenesis> => {
  const engine = await createEthereumJsEngine()
  for (const { message, block } of setup) await engine.transact(message, block)
  const alloc = Object.fromEntries(
    (await engine.accounts()).map(({ address, nonce, balance, code, storage }) => [
      address,
      { nonce: toHex(nonce), balance: toHex(balance), code, storage: Object.fromEntries(storage) },
    ]),
  )
  const { block: last } = setup.at(-1) as Transaction
  const { block: first } = cycle[0] as Transaction
  const file = JSON.stringify({
    config: {
      chainId: 1,
      terminalTotalDifficultyPassed: true,
      ...Object.fromEntries(earlierForks.map((fork) => [fork, 0])),
    },
    ...headerOf(last),
    number: toHex(first.number - 1n),
    alloc,
  })
  return { file, number: first.number - 1n, timestampSeconds: last.timestampSeconds }
}

const headerOf = ({ timestampSeconds, gasLimit, prevRandao, coinbase }: BlockEnvironment) => ({
  nonce: "0x0",
  timestamp: toHex(timestampSeconds),
  extraData: "0x",
  gasLimit: toHex(gasLimit),
  difficulty: "0x0",
  mixHash: prevRandao,
  coinbase,
  baseFeePerGas: "0x0",
})
