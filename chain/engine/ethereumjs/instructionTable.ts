import type { Common } from "@ethereumjs/common"
import type { AccessJournal } from "./accessJournal.ts"
import type { FlatState } from "./flatState.ts"
import type { Instruction } from "./instruction.ts"
import { arithmetic } from "./instructions/arithmetic.ts"
import { environment } from "./instructions/environment.ts"
import { createMemoryInstructions } from "./instructions/memory.ts"
import { stackAndFlow } from "./instructions/stackAndFlow.ts"
import { createStorageInstructions } from "./instructions/storage.ts"

/** The tuned instructions by opcode, as parallel arrays. Opcodes without one are left to EthereumJS. */
export interface InstructionTable {
  readonly execute: readonly (Instruction["execute"] | undefined)[]
  readonly staticGas: Float64Array
  readonly takes: Uint16Array
  /** The stack may be at most this high before the instruction. */
  readonly maxHeight: Uint16Array
}

const stackLimit = 1024

/** Prices come from EthereumJS's own tables, so that they cannot drift apart. `more` replaces what is there. */
export const createInstructionTable = (
  common: Common,
  staticGasOf: (opcode: number) => number,
  state: FlatState,
  journal: AccessJournal,
  more: readonly Instruction[] = [],
): InstructionTable => {
  const execute = Array.from<Instruction["execute"] | undefined>({ length: 256 })
  const staticGas = new Float64Array(256)
  const takes = new Uint16Array(256)
  const maxHeight = new Uint16Array(256)
  for (const tuned of [...allInstructions(common, state, journal), ...more]) {
    execute[tuned.opcode] = tuned.execute
    staticGas[tuned.opcode] = staticGasOf(tuned.opcode)
    takes[tuned.opcode] = tuned.takes
    maxHeight[tuned.opcode] = stackLimit - Math.max(0, tuned.leaves - tuned.takes)
  }
  return { execute, staticGas, takes, maxHeight }
}

const allInstructions = (
  common: Common,
  state: FlatState,
  journal: AccessJournal,
): readonly Instruction[] => {
  const price = (name: string): bigint => common.param(name)
  const memoryPrices = {
    copyWord: Number(price("copyGas")),
    keccakWord: Number(price("keccak256WordGas")),
    logTopic: Number(price("logTopicGas")),
    logByte: Number(price("logDataGas")),
  }
  const storagePrices = {
    warmRead: Number(price("warmstoragereadGas")),
    coldSlot: Number(price("coldsloadGas")),
    storeSentry: Number(price("sstoreSentryEIP2200Gas")),
    storeNew: Number(price("sstoreInitEIP2200Gas")),
    storeClean: Number(price("sstoreCleanEIP2200Gas")),
    storeDirty: Number(price("sstoreDirtyEIP2200Gas")),
    refundClear: price("sstoreClearRefundEIP2200Gas"),
    refundNew: price("sstoreInitEIP2200Gas") - price("warmstoragereadGas"),
    refundClean: price("sstoreResetGas") - price("coldsloadGas") - price("warmstoragereadGas"),
  }
  return [
    ...arithmetic,
    ...stackAndFlow,
    ...environment,
    ...createMemoryInstructions(memoryPrices),
    ...createStorageInstructions(state, journal, storagePrices),
  ]
}
