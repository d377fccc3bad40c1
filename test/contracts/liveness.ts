/** Liveness as a run checks it, on the worlds of contract tests. */
import { Effect } from "effect"
import { allErrorsAbi } from "../../chain/abi/allErrors.ts"
import { Chain } from "../../chain/chain.ts"
import { fork } from "../../chain/fork.ts"
import { createInstantChain } from "../../chain/instantChain.ts"
import { bindContracts } from "../../sim/agents/contracts.ts"
import { livenessOf, type Liveness } from "../../sim/mechanisms/invariants/liveness.ts"
import type { World } from "./world.ts"

const chainOf = (world: World) => ({
  engine: world.engine,
  block: world.blockNumber,
  environmentOf: (block: bigint) => world.environmentAt(block),
})

const livenessIn = (world: World): Liveness => {
  const liveness = livenessOf(bindContracts(world.at, allErrorsAbi))
  liveness.observe(world.logs)
  return liveness
}

/** What would hang for ever if everybody fell silent now. The world stays as it is. */
export const hangingIn = (world: World): Promise<readonly string[]> =>
  Effect.runPromise(fork(chainOf(world), livenessIn(world).hanging))

/** Lets everybody fall silent and a stranger settle all that can be settled; what hangs all the same. */
export const settleByStranger = (world: World): Promise<readonly string[]> => {
  const chain = createInstantChain(chainOf(world))
  return Effect.runPromise(Effect.provideService(livenessIn(world).hanging, Chain, chain))
}
