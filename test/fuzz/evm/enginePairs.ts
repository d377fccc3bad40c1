/** Which engines are compared. The reference is always EthereumJS as it is tuned here, and is watched. */
import type { Engine, Snapshot } from "../../../chain/engine/engine.ts"
import { createEthereumJsEngine } from "../../../chain/engine/ethereumjs/createEthereumJsEngine.ts"
import { createStockEngine } from "../../../chain/engine/ethereumjs/createStockEngine.ts"
import type { Instruction } from "../../../chain/engine/ethereumjs/instruction.ts"
import { createWasmEngine } from "../../../chain/engine/wasm/createWasmEngine.ts"
import type { Coverage } from "./coverage.ts"
import type { Pair } from "./runScenario.ts"

export interface EnginePair {
  /** Both engines with an empty state. The ones of the last time are not used any more. */
  begin(): Promise<Pair>
  /** After a failure nobody knows what state the engines are in: the next ones are new. */
  discard(): void
}

/** After so many scenarios an engine is replaced: it keeps every code that it has ever seen. */
const scenariosPerEngine = 500

/** An engine that is emptied by going back to its beginning, and renewed now and then. */
class ReusedEngine {
  readonly #create: () => Promise<Engine>
  #current: { readonly engine: Engine; readonly beginning: Snapshot } | undefined
  #uses = 0

  constructor(create: () => Promise<Engine>) {
    this.#create = create
  }

  async emptied(): Promise<Engine> {
    if (++this.#uses % scenariosPerEngine === 0) this.discard()
    if (this.#current === undefined) {
      const engine = await this.#create()
      this.#current = { engine, beginning: engine.snapshot() }
    }
    this.#current.engine.restore(this.#current.beginning)
    return this.#current.engine
  }

  discard(): void {
    this.#current = undefined
  }
}

/** The reference beside an engine that is emptied in the same way. */
export const createReusedPair =
  (create: () => Promise<Engine>) =>
  async ({ observe }: Coverage): Promise<EnginePair> => {
    const reference = new ReusedEngine(() => createEthereumJsEngine({ observe }))
    const subject = new ReusedEngine(create)
    return {
      begin: async () => ({
        reference: await reference.emptied(),
        subject: await subject.emptied(),
        canRestore: true,
      }),
      discard: () => {
        reference.discard()
        subject.discard()
      },
    }
  }

/** The tuned engine with instructions of its own, for showing that a wrong one is found. */
export const createTunedPair = (instructions: readonly Instruction[] = []) =>
  createReusedPair(() => createEthereumJsEngine({ instructions }))

/** Stock EthereumJS has no history to go back in, and is made anew for every scenario. */
export const createStockPair = async ({ observe }: Coverage): Promise<EnginePair> => ({
  begin: async () => ({
    reference: await createEthereumJsEngine({ observe }),
    subject: await createStockEngine(),
    canRestore: false,
  }),
  discard: () => undefined,
})

const pairs = {
  wasm: createReusedPair(createWasmEngine),
  /** Two engines of the same kind: shows that snapshots, forks and the reuse of an engine change nothing. */
  tuned: createTunedPair(),
  stock: createStockPair,
}

/** What is compared with the reference. */
export type PairName = keyof typeof pairs

export const pairNames = Object.keys(pairs) as readonly PairName[]

export const openPair = (name: PairName): ((coverage: Coverage) => Promise<EnginePair>) => pairs[name]
