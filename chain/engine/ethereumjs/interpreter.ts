/**
 * The tuned interpreter loop. EthereumJS awaits a promise for every opcode; most opcodes need none. Those
 * in the instruction table run here, the others (calls, creates, rare ones) in EthereumJS's own `runStep`.
 */
import { EVMError, createEVM } from "@ethereumjs/evm"
import { type RunState, Frame, outOfGas, tunedGasLimit } from "./frame.ts"
import type { InstructionTable } from "./instructionTable.ts"

export type Interpreter = RunState["interpreter"]

/** The constructor of EthereumJS's interpreter, which the package does not export. */
export type InterpreterConstructor = new (...dependencies: readonly unknown[]) => Interpreter

/** An opcode that no fork has; it exists only in the machine that runs the probe. */
const probeOpcode = 0x0c

let capturedOnce: Promise<InterpreterConstructor> | undefined

/** EthereumJS's interpreter class, got hold of once per process. */
export const interpreterConstructor = (): Promise<InterpreterConstructor> =>
  (capturedOnce ??= captureInterpreterConstructor())

/** A custom opcode's handler is given an instance of the class. */
const captureInterpreterConstructor = async (): Promise<InterpreterConstructor> => {
  let captured: InterpreterConstructor | undefined
  const probe = {
    opcode: probeOpcode,
    opcodeName: "PROBE",
    baseFee: 0,
    logicFunction: ({ interpreter }: RunState) => {
      captured = interpreter.constructor as InterpreterConstructor
    },
  }
  const evm = await createEVM({ customOpcodes: [probe] })
  await evm.runCode({ code: Uint8Array.of(probeOpcode), gasLimit: 1000n })
  if (captured === undefined) {
    throw new Error("EthereumJS's interpreter was not reached through a custom opcode; it must have changed.")
  }
  return captured
}

export interface FrameOutcome {
  readonly runState: RunState
  readonly exceptionError?: EVMError
}

/**
 * Runs the code of a frame to its end. With more gas than `tunedGasLimit`, which no block of ours has, or
 * with a listener to single steps, EthereumJS's own loop runs it.
 */
export const runFrame = async (
  interpreter: Interpreter,
  code: Uint8Array,
  table: InstructionTable,
): Promise<FrameOutcome> => {
  const runState = interpreter["_runState"]
  if (runState.gasLeft > tunedGasLimit || interpreter._evm.events.listenerCount("step") > 0) {
    return interpreter.run(code) as Promise<FrameOutcome>
  }
  runState.code = code
  const frame = new Frame(runState, code)
  try {
    await runInstructions(frame, interpreter, table)
  } catch (error) {
    if (!(error instanceof EVMError)) throw error
    frame.gas = Math.max(0, frame.gas)
    frame.writeBack()
    return error.error === EVMError.errorMessages.STOP ? { runState } : { runState, exceptionError: error }
  }
  frame.writeBack()
  return { runState }
}

const runInstructions = async (
  frame: Frame,
  interpreter: Interpreter,
  table: InstructionTable,
): Promise<void> => {
  while (!frame.stopped) {
    runTunedInstructions(frame, table)
    if (frame.stopped || frame.programCounter >= frame.code.length) return
    frame.writeBack()
    frame.runState.opCode = frame.code[frame.programCounter] as number
    try {
      await interpreter.runStep()
    } finally {
      // Also when it throws: SELFDESTRUCT ends a frame by throwing STOP after it has charged its gas.
      frame.readBack()
    }
  }
}

/** Runs until the frame stops, ends, or comes to an opcode that is not in the table. */
const runTunedInstructions = (frame: Frame, table: InstructionTable): void => {
  const { code } = frame
  const { execute, staticGas, takes, maxHeight } = table
  while (frame.programCounter < code.length) {
    const opcode = code[frame.programCounter] as number
    const run = execute[opcode]
    if (run === undefined) return
    const { height } = frame
    if (height < (takes[opcode] as number)) throw new EVMError(EVMError.errorMessages.STACK_UNDERFLOW)
    if (height > (maxHeight[opcode] as number)) throw new EVMError(EVMError.errorMessages.STACK_OVERFLOW)
    frame.gas -= staticGas[opcode] as number
    if (frame.gas < 0) throw outOfGas()
    frame.programCounter++
    run(frame, opcode)
    if (frame.stopped) return
  }
}
