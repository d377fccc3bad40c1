/** A chain with one workbench on a real kernel, for tests. */
import { Effect } from "effect"
import { type Abi, encodeDeployData } from "viem"
import { Chain } from "../../chain/chain.ts"
import { type ChainOptions, createChain } from "../../chain/createChain.ts"
import type { Address } from "../../chain/engine/engine.ts"
import { createEthereumJsEngine } from "../../chain/engine/ethereumjs/createEthereumJsEngine.ts"
import { Wallet, addressFromName } from "../../chain/wallet.ts"
import { createKernel } from "../../sim/kernel/createKernel.ts"
import { secondsToMicros } from "../../sim/kernel/time.ts"
import { account, blockAt, compileWorkbench } from "./workbench.ts"

export interface Setup extends Partial<Omit<ChainOptions, "engine" | "stream">> {
  readonly seed?: string
  readonly horizonSeconds?: number
}

/** `agent` runs a program under a name of its own, with the account of that name. */
export const chainOnKernel = async ({ seed = "1", horizonSeconds = 600, ...options }: Setup = {}) => {
  const engine = await createEthereumJsEngine()
  const workbench = await compileWorkbench()
  const abi = workbench.abi as Abi
  const data = encodeDeployData({ abi, bytecode: workbench.bytecode })
  const deployment = { from: account(0), to: null, data, value: 0n, gasLimit: 10_000_000n }
  const deployed = await engine.transact(deployment, blockAt(0n))
  const kernel = createKernel({ seed, horizonMicros: secondsToMicros(horizonSeconds) })
  const system = createChain({
    genesisTimeSeconds: 1_700_000_000,
    ...options,
    engine,
    stream: (name) => kernel.stream(name),
  })
  kernel.spawn("chain/blocks", system.produceBlocks, { priority: -1 })
  const agent = (name: string, program: Effect.Effect<unknown, unknown, Chain | Wallet>) =>
    kernel.spawn(
      name,
      program.pipe(
        Effect.provideService(Chain, system.chain),
        Effect.provideService(Wallet, { address: addressFromName(name) }),
      ),
    )
  return { engine, kernel, system, agent, address: deployed.createdAddress as Address }
}

/** Virtual seconds that have passed. */
export const secondsOf = (kernel: { now(): number }): number => kernel.now() / 1_000_000
