/** Things that official tests try seldom or never, counted when generated programs get into them. */
import type { EVM, ExecResult, PrecompileInput } from "@ethereumjs/evm"
import type { InstructionObserver } from "../../../chain/engine/ethereumjs/instructionObserver.ts"
import { op } from "./opcodes.ts"

type RunState = Parameters<InstructionObserver>[1]

const [create, create2, selfDestruct] = [op("CREATE"), op("CREATE2"), op("SELFDESTRUCT")]
const deepest = 1_024
const precompiles = [1, 2, 3, 4, 5, 6, 7, 8, 9]

const answers = (address: number): string => `precompile ${address} answers`
const fails = (address: number): string => `precompile ${address} fails`
const destroyedAtOnce = "SELFDESTRUCT in the transaction that created the contract"
const destroyedLater = "SELFDESTRUCT in a later transaction"
const failedCreation = "a creation inside a program that fails"
const createdAgain = "a contract that destroyed itself is created again"
const atTheDeepest = "an instruction in a frame at depth 1,024"
const inStaticFrame = "an instruction in a static frame"

/** All that are counted, in the order in which they are shown. */
export const situations: readonly string[] = [
  ...precompiles.map(answers),
  ...precompiles.map(fails),
  destroyedAtOnce,
  destroyedLater,
  failedCreation,
  createdAgain,
  atTheDeepest,
  inStaticFrame,
]

/** Watches one scenario after another. */
export class SituationWatch {
  readonly counts = new Map<string, number>()
  /** Contracts that destroyed themselves in the transaction that created them. */
  readonly #destroyed = new Set<bigint>()
  readonly #watched = new WeakSet<EVM>()

  /** After an instruction that succeeded. */
  see(opcode: number, frame: RunState): void {
    const { env } = frame
    if (env.depth === deepest) this.#count(atTheDeepest)
    if (env.isStatic) this.#count(inStaticFrame)
    if (opcode === create || opcode === create2) this.#seeCreation(frame)
    if (opcode === selfDestruct) {
      const isNew = env.createdAddresses?.has(env.address.toString()) === true
      this.#count(isNew ? destroyedAtOnce : destroyedLater)
      if (isNew) this.#destroyed.add(BigInt(env.address.toString()))
    }
    const evm = frame.interpreter._evm
    if (!this.#watched.has(evm)) this.#watchPrecompiles(evm)
  }

  #seeCreation({ stack }: RunState): void {
    const [address] = stack.peek(1) as [bigint]
    if (address === 0n) return this.#count(failedCreation)
    if (this.#destroyed.delete(address)) this.#count(createdAgain)
  }

  #watchPrecompiles(evm: EVM): void {
    this.#watched.add(evm)
    for (const address of precompiles) {
      const key = address.toString(16).padStart(40, "0")
      const run = evm.precompiles.get(key) as (input: PrecompileInput) => ExecResult
      evm.precompiles.set(key, (input) => {
        const result = run(input)
        this.#count(result.exceptionError === undefined ? answers(address) : fails(address))
        return result
      })
    }
  }

  #count(situation: string): void {
    this.counts.set(situation, (this.counts.get(situation) ?? 0) + 1)
  }

  forget(): void {
    this.counts.clear()
    this.#destroyed.clear()
  }
}
