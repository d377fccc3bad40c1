/** The fast engine: our own EVM core in WebAssembly. EthereumJS is its judge. */
import { keccak256 } from "viem"
import {
  type AccountState,
  type Address,
  type BlockEnvironment,
  type Engine,
  type Execution,
  type Hex,
  type Message,
  NotSupported,
  type Snapshot,
  StaleSnapshot,
} from "../engine.ts"
import { validateMessage } from "../messageRules.ts"
import { stateRootOf } from "../stateRoot.ts"
import { type AccountHead, readAccounts, readHead, writeAccount } from "./accounts.ts"
import { Exchange } from "./exchange.ts"
import { readExecution } from "./execution.ts"
import { type Machine, copyMachine, createMachine } from "./machine.ts"
import { type PlacedMessage, maxGasLimit, putBlock, putMessage } from "./message.ts"
import { type HostPrecompile, type RunPrecompile, ethereumJsPrecompiles } from "./precompiles.ts"

export interface WasmEngineOptions {
  /** Lifts EIP-170 and EIP-3860: code and init code of any size. For instrumented builds of contracts. */
  readonly anyCodeSize?: boolean
  /** What a world may take; at most 2 GiB, which is also the default. */
  readonly maxMemoryBytes?: number
}

/** The core gave up in the middle of a call, which left no trace: the world's memory is full, or the core is wrong. */
export class EngineTrapped extends Error {
  override readonly name = "EngineTrapped"
}

/** Answers at once: nothing of it is a promise but the state root. */
export interface WasmEngine extends Engine {
  transact(message: Message, block: BlockEnvironment): Execution
  view(message: Message, block: BlockEnvironment): Execution
  accounts(): readonly AccountState[]
  putAccount(account: AccountState): void
  fork(): WasmEngine
  /** Of linear memory, up to the last byte that was ever used: what a fork copies at most. */
  bytesInUse(): number
}

/** A new engine with an empty state. Independent of every other engine. */
export const createWasmEngine = async (options: WasmEngineOptions = {}): Promise<WasmEngine> =>
  new CoreEngine(options, await ethereumJsPrecompiles())

interface Mark extends Snapshot {
  readonly accounts: number
  readonly slots: number
  readonly codes: number
}

const emptyCodeHash = keccak256("0x")

class CoreEngine implements WasmEngine {
  readonly name = "WebAssembly core 1"
  readonly #options: WasmEngineOptions
  readonly #runPrecompile: RunPrecompile
  readonly #machine: Machine
  readonly #exchange: Exchange
  /** Those that can still be restored, oldest first; while there are any, the journal is kept. */
  readonly #snapshots: Mark[] = []
  #block: BlockEnvironment | undefined
  #precompileError = ""

  constructor(options: WasmEngineOptions, runPrecompile: RunPrecompile, original?: Machine) {
    const { anyCodeSize = false, maxMemoryBytes } = options
    this.#options = options
    this.#runPrecompile = runPrecompile
    this.#machine =
      original === undefined
        ? createMachine(this.#precompile, anyCodeSize, maxMemoryBytes)
        : copyMachine(original, this.#precompile, maxMemoryBytes)
    this.#exchange = new Exchange(this.#machine)
  }

  transact(message: Message, block: BlockEnvironment): Execution {
    const execution = this.#execute(message, block)
    this.#endChange()
    return execution
  }

  view(message: Message, block: BlockEnvironment): Execution {
    const before = this.#mark()
    try {
      return this.#execute(message, block)
    } finally {
      this.#undoTo(before)
    }
  }

  snapshot(): Snapshot {
    const mark = this.#mark()
    this.#snapshots.push(mark)
    return mark
  }

  restore(snapshot: Snapshot): void {
    const place = this.#snapshots.indexOf(snapshot as Mark)
    if (place === -1) {
      throw new StaleSnapshot(
        "This snapshot's history was forgotten, or an older snapshot was restored since.",
      )
    }
    this.#snapshots.length = place + 1
    this.#undoTo(snapshot as Mark)
  }

  forgetHistory(): void {
    this.#snapshots.length = 0
    this.#machine.core.forget()
  }

  stateRoot(): Promise<Hex> {
    return stateRootOf(this.accounts())
  }

  accounts(): readonly AccountState[] {
    return readAccounts(this.#machine, this.#exchange)
  }

  putAccount(account: AccountState): void {
    writeAccount(this.#machine, this.#exchange, account)
    this.#endChange()
  }

  setBalance(address: Address, wei: bigint): void {
    const account = this.#find(address)
    this.#exchange.putNumber(0, wei)
    this.#machine.core.writeBalance(account)
    this.#endChange()
  }

  codeOf(address: Address): Hex {
    return this.#head(address).code
  }

  codeHashOf(address: Address): Hex {
    const { code, codeHash } = this.#head(address)
    return code === "0x" ? emptyCodeHash : codeHash
  }

  nonceOf(address: Address): bigint {
    return this.#head(address).nonce
  }

  balanceOf(address: Address): bigint {
    return this.#head(address).balance
  }

  storageAt(address: Address, slot: Hex): Hex {
    const account = this.#find(address)
    this.#exchange.putNumber(0, BigInt(slot))
    this.#machine.core.readSlotOf(account)
    return this.#exchange.word(0)
  }

  bytesInUse(): number {
    return this.#machine.core.heapTop()
  }

  fork(): WasmEngine {
    return new CoreEngine(this.#options, this.#runPrecompile, this.#machine)
  }

  readonly #precompile: HostPrecompile = (address, input, size, gas) => {
    const result = this.#runPrecompile(address, this.#exchange.bytesAt(input, size), gas)
    if (result.exceptionError !== undefined) {
      this.#precompileError = result.exceptionError.error
      return -1n
    }
    const room = this.#machine.core.outputRoom(result.returnValue.length)
    this.#exchange.putBytesAt(room, result.returnValue)
    return gas - result.executionGasUsed
  }

  #execute(message: Message, block: BlockEnvironment): Execution {
    const { core } = this.#machine
    if (block !== this.#block) {
      putBlock(core, this.#exchange, block)
      this.#block = block
    }
    const placed = putMessage(core, this.#exchange, message)
    if (placed === undefined || !this.#run(message, placed)) return this.#refuse(message, block)
    core.writeResults()
    return readExecution(this.#exchange, this.#precompileError)
  }

  /** False when no block could contain the message. */
  #run({ to, gasLimit, nonce }: Message, { size, accessListAt }: PlacedMessage): boolean {
    const { core } = this.#machine
    try {
      const isCreation = to === null
      return core.transact(isCreation, size, gasLimit, nonce ?? 0n, nonce !== undefined, accessListAt) !== 0
    } catch (error) {
      core.abandon()
      if (error instanceof WebAssembly.RuntimeError) throw this.#trapped(error)
      throw error
    }
  }

  /** The rules that all engines share have the words for what is wrong. */
  #refuse(message: Message, block: BlockEnvironment): never {
    const { nonce, balance, code } = this.#head(message.from)
    const sender = { nonce, balance, hasCode: code !== "0x" }
    validateMessage(message, block, sender, this.#options.anyCodeSize ?? false)
    if (message.gasLimit > maxGasLimit)
      throw new NotSupported(
        `The gas limit ${message.gasLimit} is above ${maxGasLimit}, the most that this engine counts.`,
      )
    throw new Error("The core refuses a message that the rules accept.")
  }

  #trapped(cause: WebAssembly.RuntimeError): EngineTrapped {
    const bytes = this.#machine.memory.buffer.byteLength
    return new EngineTrapped(`The EVM core stopped in the middle of a call, with ${bytes} bytes of memory.`, {
      cause,
    })
  }

  #find(address: Address): number {
    this.#exchange.putAddress(0, address)
    return this.#machine.core.findAccount()
  }

  #head(address: Address): AccountHead {
    return readHead(this.#machine.core, this.#exchange, this.#find(address))
  }

  #mark(): Mark {
    const { core } = this.#machine
    return {
      mark: core.journalMark(),
      accounts: core.accountCount(),
      slots: core.slotCount(),
      codes: core.codeCount(),
    }
  }

  #undoTo({ mark, accounts, slots, codes }: Mark): void {
    this.#machine.core.restore(mark, accounts, slots, codes)
  }

  #endChange(): void {
    if (this.#snapshots.length === 0) this.#machine.core.forget()
  }
}
