/** The core as a WebAssembly instance: one instance and one linear memory for each world. */
import { readFileSync } from "node:fs"
import type { HostPrecompile } from "./precompiles.ts"

/** What `assembly/index.ts` exports. */
export interface Core {
  start(anyCodeSize: boolean): void
  exchangeArea(): number
  inputRoom(bytes: number): number
  setBlock(): void
  /** 0: executed. Anything else: no block could contain it. */
  transact(
    isCreation: boolean,
    size: number,
    gasLimit: bigint,
    nonce: bigint,
    hasNonce: boolean,
    accessListAt: number,
  ): number
  writeResults(): void
  outputRoom(bytes: number): number
  abandon(): void
  journalMark(): number
  restore(mark: number, accounts: number, slots: number): void
  forget(): void
  accountCount(): number
  slotCount(): number
  findAccount(): number
  accountAt(index: number): number
  readAccount(account: number): number
  readSlot(index: number): number
  readSlotOf(account: number): void
  writeAccount(account: number, nonce: bigint, size: number): void
  writeSlot(account: number): void
  writeBalance(account: number): void
  heapTop(): number
}

export interface Machine {
  readonly core: Core
  readonly memory: WebAssembly.Memory
  /** Every variable of the core outside its memory. */
  readonly state: readonly WebAssembly.Global[]
}

const pageBytes = 65_536
/** 4 GiB, all that 32-bit addresses reach. */
const mostPages = 65_536
const firstPages = 16

let compiled: WebAssembly.Module | undefined

const coreModule = (): WebAssembly.Module =>
  (compiled ??= new WebAssembly.Module(readFileSync(new URL("evm.wasm", import.meta.url))))

/** An instance over a fresh memory; nothing has started in it. `maxMemoryBytes` is rounded down to pages of 64 KiB. */
const instantiate = (precompile: HostPrecompile, initialPages: number, maximumPages: number): Machine => {
  const memory = new WebAssembly.Memory({ initial: initialPages, maximum: maximumPages })
  const { exports } = new WebAssembly.Instance(coreModule(), { env: { memory }, host: { precompile } })
  const state = Object.entries(exports)
    .filter(([name]) => name.startsWith("state:"))
    .map(([, variable]) => variable as WebAssembly.Global)
  return { core: exports as unknown as Core, memory, state }
}

export const createMachine = (
  precompile: HostPrecompile,
  anyCodeSize: boolean,
  maxMemoryBytes = mostPages * pageBytes,
): Machine => {
  const machine = instantiate(precompile, firstPages, Math.floor(maxMemoryBytes / pageBytes))
  machine.core.start(anyCodeSize)
  return machine
}

/** The same world once more: memory and variables are copied, code and analysis with them. */
export const copyMachine = (
  { core, memory, state }: Machine,
  precompile: HostPrecompile,
  maxMemoryBytes = mostPages * pageBytes,
): Machine => {
  const used = core.heapTop()
  const copy = instantiate(precompile, Math.ceil(used / pageBytes), Math.floor(maxMemoryBytes / pageBytes))
  new Uint8Array(copy.memory.buffer).set(new Uint8Array(memory.buffer, 0, used))
  for (const [index, variable] of state.entries()) {
    const counterpart = copy.state[index] as WebAssembly.Global
    counterpart.value = variable.value
  }
  return copy
}
