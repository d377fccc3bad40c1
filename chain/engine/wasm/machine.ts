/** The core as a WebAssembly instance: one instance and one linear memory for each world. */
import { readFileSync } from "node:fs"
import { fileURLToPath } from "node:url"
import type { HostPrecompile } from "./precompiles.ts"

/** What `assembly/index.ts` exports. */
export interface Core {
  start(anyCodeSize: boolean): void
  exchangeArea(): number
  inputRoom(bytes: number): number
  setBlock(): void
  /** 0: no block could contain it. */
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
  restore(mark: number, accounts: number, slots: number, codes: number): void
  forget(): void
  accountCount(): number
  slotCount(): number
  codeCount(): number
  findAccount(): number
  accountAt(index: number): number
  readAccount(account: number): number
  readSlot(index: number): number
  readSlotOf(account: number): void
  writeAccount(account: number, nonce: bigint, size: number): void
  writeSlot(account: number): void
  writeBalance(account: number): void
  heapTop(): number
  freeBlocks(sizeClass: number): number
}

export interface Machine {
  readonly core: Core
  readonly memory: WebAssembly.Memory
  /** Every variable of the core outside its memory. */
  readonly state: readonly WebAssembly.Global[]
}

const pageBytes = 65_536
/** 2 GiB: addresses cross the boundary as signed 32-bit numbers. */
const mostPages = 32_767
const firstPages = 16

let compiled: WebAssembly.Module | undefined

const coreFile = fileURLToPath(new URL("evm.wasm", import.meta.url))

/** The file of the core is missing or damaged. */
export class CoreUnreadable extends Error {
  readonly _tag = "CoreUnreadable"
}

const coreModule = (): WebAssembly.Module => (compiled ??= readCore())

const readCore = (): WebAssembly.Module => {
  try {
    return new WebAssembly.Module(readFileSync(coreFile))
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new CoreUnreadable(
      `the EVM core ${coreFile} can't be read: ${problem}; ` +
        "npm run build:evm makes it anew, in an installed package npm install, and --engine ethereumjs does without it",
      { cause },
    )
  }
}

/** An instance over a fresh memory; nothing has started in it. `maxMemoryBytes` is rounded down to pages of 64 KiB. */
const instantiate = (precompile: HostPrecompile, initialPages: number, maximumPages: number): Machine => {
  const memory = new WebAssembly.Memory({ initial: initialPages, maximum: maximumPages })
  const { exports } = new WebAssembly.Instance(coreModule(), { env: { memory }, host: { precompile } })
  const state = Object.entries(exports)
    .filter(([name]) => name.startsWith("state:"))
    .map(([, variable]) => variable as WebAssembly.Global)
  return { core: exports as unknown as Core, memory, state }
}

const pagesIn = (bytes: number): number => Math.min(mostPages, Math.floor(bytes / pageBytes))

export const createMachine = (
  precompile: HostPrecompile,
  anyCodeSize: boolean,
  maxMemoryBytes = mostPages * pageBytes,
): Machine => {
  const machine = instantiate(precompile, firstPages, pagesIn(maxMemoryBytes))
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
  const copy = instantiate(precompile, Math.ceil(used / pageBytes), pagesIn(maxMemoryBytes))
  copyMemory(core, memory.buffer, copy.memory.buffer)
  for (const [index, variable] of state.entries()) {
    const counterpart = copy.state[index] as WebAssembly.Global
    counterpart.value = variable.value
  }
  return copy
}

/** Blocks that are free, of sizes where skipping them pays: pages that nobody writes cost nothing. */
const skippedClasses = [16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30]
/** What links a free block to the next. */
const linkBytes = 4

const copyMemory = (core: Core, from: ArrayBuffer, to: ArrayBuffer): void => {
  const source = new Uint8Array(from)
  const target = new Uint8Array(to)
  let start = 0
  for (const [block, end] of freeRanges(core, new DataView(from))) {
    target.set(source.subarray(start, block + linkBytes), start)
    start = end
  }
  target.set(source.subarray(start, core.heapTop()), start)
}

const freeRanges = (core: Core, view: DataView): readonly (readonly [block: number, end: number])[] => {
  const ranges: [number, number][] = []
  for (const sizeClass of skippedClasses) {
    for (let block = core.freeBlocks(sizeClass); block !== 0; block = view.getUint32(block, true))
      ranges.push([block, block + 2 ** sizeClass])
  }
  return ranges.sort(([a], [b]) => a - b)
}
