/** Tells an observer of every instruction that succeeds, for measuring what ran. Results stay what they are. */
import { type EVM, EVMError } from "@ethereumjs/evm"
import type { RunState } from "./frame.ts"
import type { Instruction } from "./instruction.ts"
import type { InstructionTable } from "./instructionTable.ts"

/** Called after an instruction succeeded; an instruction that ends its frame on purpose succeeds too. */
export type InstructionObserver = (opcode: number, frame: RunState) => void

export const observedTable = (table: InstructionTable, observe: InstructionObserver): InstructionTable => ({
  ...table,
  execute: table.execute.map((execute) => (execute === undefined ? undefined : observed(execute, observe))),
})

const observed =
  (execute: Instruction["execute"], observe: InstructionObserver): Instruction["execute"] =>
  (frame, opcode) => {
    try {
      execute(frame, opcode)
    } catch (error) {
      if (isDeliberate(error)) observe(opcode, frame.runState)
      throw error
    }
    observe(opcode, frame.runState)
  }

const isDeliberate = (error: unknown): boolean =>
  error instanceof EVMError &&
  (error.error === EVMError.errorMessages.REVERT || error.error === EVMError.errorMessages.STOP)

interface OpcodeEntry {
  readonly opcodeInfo: { readonly isInvalid: boolean; readonly isAsync: boolean }
  readonly opHandler: (runState: RunState, common: unknown) => unknown
}

/** The opcodes that EthereumJS's own handlers execute. The table of opcodes belongs to this one machine. */
export const observeHandlers = (evm: EVM, observe: InstructionObserver): void => {
  const opcodes = evm["_opcodeMap"] as unknown as OpcodeEntry[]
  for (const [opcode, entry] of opcodes.entries()) {
    if (entry.opcodeInfo.isInvalid) continue
    const observedHandler = entry.opcodeInfo.isAsync ? observedAsync : observedSync
    opcodes[opcode] = { ...entry, opHandler: observedHandler(opcode, entry.opHandler, observe) }
  }
}

type ObservedHandler = (
  opcode: number,
  handler: OpcodeEntry["opHandler"],
  observe: InstructionObserver,
) => OpcodeEntry["opHandler"]

const observedSync: ObservedHandler = (opcode, handler, observe) => (runState, common) => {
  try {
    handler(runState, common)
  } catch (error) {
    if (isDeliberate(error)) observe(opcode, runState)
    throw error
  }
  observe(opcode, runState)
}

const observedAsync: ObservedHandler = (opcode, handler, observe) => async (runState, common) => {
  try {
    await handler(runState, common)
  } catch (error) {
    if (isDeliberate(error)) observe(opcode, runState)
    throw error
  }
  observe(opcode, runState)
}
