/** One call frame of the tuned interpreter: the stack, memory and gas that instructions work on. */
import { EVMError, type ExecResult } from "@ethereumjs/evm"
import { type AddressKey, addressKey } from "./addressKey.ts"
import { type CodeAnalysis, analysisOf } from "./codeAnalysis.ts"

/** EthereumJS's own record of a frame, which its handlers (calls, creates, rare opcodes) read and write. */
export type RunState = NonNullable<ExecResult["runState"]>

/** Beyond this much gas a memory offset could exceed what a number or an array holds; see `interpreter.ts`. */
export const tunedGasLimit = 2n ** 40n

const memoryPage = 8192
const memoryWordGas = 3
const memoryQuadraticDivisor = 512

/** Any access beyond this costs more gas than `tunedGasLimit`. */
const memoryEnd = 2 ** 32

export const outOfGas = (): EVMError => new EVMError(EVMError.errorMessages.OUT_OF_GAS)

export class Frame {
  readonly runState: RunState
  readonly code: Uint8Array
  readonly analysis: CodeAnalysis
  readonly stack: bigint[]
  readonly key: AddressKey
  /** Number of items on the stack; items above it are garbage. */
  height = 0
  programCounter: number
  gas: number
  memory: Uint8Array
  view: DataView
  memoryWords = 0
  memoryCost = 0
  stopped = false

  constructor(runState: RunState, code: Uint8Array) {
    this.runState = runState
    this.code = code
    this.analysis = analysisOf(code)
    this.stack = runState.stack["_store"] as bigint[]
    this.key = addressKey(runState.env.address)
    this.programCounter = runState.programCounter
    this.gas = Number(runState.gasLeft)
    this.memory = runState.memory._store
    this.view = new DataView(this.memory.buffer, this.memory.byteOffset, this.memory.length)
  }

  useGas(amount: number): void {
    this.gas -= amount
    if (this.gas < 0) throw outOfGas()
  }

  /** Pays for memory up to `offset + length`, grows it, and returns the offset as a number. */
  expandMemory(offset: bigint, length: bigint): number {
    if (length === 0n) return 0
    if (offset >= memoryEnd || length >= memoryEnd) throw outOfGas()
    const start = Number(offset)
    const end = start + Number(length)
    const words = Math.ceil(end / 32)
    if (words <= this.memoryWords) {
      // EthereumJS's handlers pay for memory that they do not touch, such as room for an answer that was shorter.
      if (end > this.memory.length) this.#grow(end)
      return start
    }
    const cost = words * memoryWordGas + Math.floor((words * words) / memoryQuadraticDivisor)
    this.useGas(cost - this.memoryCost)
    this.memoryCost = cost
    this.memoryWords = words
    if (end > this.memory.length) this.#grow(end)
    return start
  }

  #grow(end: number): void {
    const size = Math.max(2 * this.memory.length, Math.ceil(end / memoryPage) * memoryPage)
    const grown = new Uint8Array(size)
    grown.set(this.memory)
    this.runState.memory._store = grown
    this.#adoptMemory()
  }

  #adoptMemory(): void {
    this.memory = this.runState.memory._store
    this.view = new DataView(this.memory.buffer, this.memory.byteOffset, this.memory.length)
  }

  /** Makes EthereumJS's record say what this frame says, before one of its handlers runs. */
  writeBack(): void {
    const { runState } = this
    runState.programCounter = this.programCounter
    runState.gasLeft = BigInt(this.gas)
    runState.stack["_len"] = this.height
    runState.memoryWordCount = BigInt(this.memoryWords)
    runState.highestMemCost = BigInt(this.memoryCost)
  }

  /** Takes over what one of EthereumJS's handlers changed. */
  readBack(): void {
    const { runState } = this
    this.programCounter = runState.programCounter
    this.gas = Number(runState.gasLeft)
    this.height = runState.stack["_len"] as number
    this.memoryWords = Number(runState.memoryWordCount)
    this.memoryCost = Number(runState.highestMemCost)
    if (this.memory !== runState.memory._store) this.#adoptMemory()
  }
}
