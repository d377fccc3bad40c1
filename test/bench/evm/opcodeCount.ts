/** Which opcodes a load executes, and in what sequences: replayed on EthereumJS, step by step. */
import type { EVM } from "@ethereumjs/evm"
import { executeMessage } from "../../../chain/engine/ethereumjs/executeMessage.ts"
import { createTunedEvm } from "../../../chain/engine/ethereumjs/tunedEvm.ts"
import type { Transaction } from "./load.ts"

interface Step {
  readonly opcode: { readonly name: string }
  readonly depth: number
}

export interface OpcodeCount {
  readonly instructions: number
  readonly frames: number
  /** By length of the sequence, from 1: names joined by spaces, with how often each ran. */
  readonly sequences: readonly ReadonlyMap<string, number>[]
}

/** Sequences end where a jump may lead elsewhere or another frame begins. */
const ends =
  /^(JUMP|JUMPI|CALL|STATICCALL|DELEGATECALL|CALLCODE|CREATE|CREATE2|RETURN|STOP|REVERT|INVALID|SELFDESTRUCT)$/

export const countOpcodes = async (
  setup: readonly Transaction[],
  transactions: readonly Transaction[],
  longest = 1,
): Promise<OpcodeCount> => {
  const tuned = await createTunedEvm()
  const replay = async ({ message, block }: Transaction): Promise<void> => {
    tuned.state.checkpointNow()
    await executeMessage(tuned, message, block)
    tuned.state.commitNow()
    tuned.state.endTransaction()
  }
  for (const transaction of setup) await replay(transaction)
  const counter = new SequenceCounter(longest)
  listen(tuned.evm, counter)
  for (const transaction of transactions) await replay(transaction)
  return counter
}

/** With a listener, EthereumJS's own loop runs every instruction. */
const listen = (evm: EVM, counter: SequenceCounter): void => {
  evm.events.on("step", () => undefined)
  const internals = evm as unknown as { _emit: (topic: string, step: Step) => void }
  internals._emit = (topic, step) => {
    if (topic === "step") counter.step(step)
    if (topic === "beforeMessage") counter.begin()
  }
}

class SequenceCounter implements OpcodeCount {
  instructions = 0
  frames = 0
  readonly sequences: Map<string, number>[]
  #recent: string[] = []
  #depth = -1

  constructor(longest: number) {
    this.sequences = Array.from({ length: longest }, () => new Map())
  }

  begin(): void {
    this.frames++
    this.#recent = []
  }

  step({ opcode: { name }, depth }: Step): void {
    this.instructions++
    if (depth !== this.#depth || name === "JUMPDEST") this.#recent = []
    this.#depth = depth
    this.#recent.push(name)
    if (this.#recent.length > this.sequences.length) this.#recent.shift()
    for (let length = 1; length <= this.#recent.length; length++) {
      const sequence = this.#recent.slice(-length).join(" ")
      const counts = this.sequences[length - 1] as Map<string, number>
      counts.set(sequence, (counts.get(sequence) ?? 0) + 1)
    }
    if (ends.test(name)) this.#recent = []
  }
}
