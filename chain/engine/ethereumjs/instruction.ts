import type { Frame } from "./frame.ts"

/**
 * An opcode that the tuned interpreter executes by itself, without a promise. Its static gas is paid and
 * its operands are known to be on the stack when `execute` runs; the program counter is past the opcode.
 */
export interface Instruction {
  readonly opcode: number
  /** How many items it takes from the stack. */
  readonly takes: number
  /** How many items it leaves in their place. */
  readonly leaves: number
  execute(frame: Frame, opcode: number): void
}

export const instruction = (
  opcode: number,
  takes: number,
  leaves: number,
  execute: Instruction["execute"],
): Instruction => ({ opcode, takes, leaves, execute })
