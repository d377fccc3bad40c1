/**
 * What a generated program means to do, before it is bytes. An assembler turns it into code that keeps its stack in
 * order, so that most programs run to their end; fast-check shrinks it by leaving intents out.
 */

/**
 * One operand of an instruction: a word to push; `run`: an opcode that takes nothing and pushes one item (GAS,
 * ADDRESS, …); `copy`: a copy of an item that lies so deep on the stack; `slot`: what a storage slot holds.
 */
export type Operand =
  bigint | { readonly run: number } | { readonly copy: number } | { readonly slot: bigint }

export type Intent =
  /** Operands come top first. Those that are not given are taken from the stack, or are 0 when it is empty. */
  | { readonly kind: "instruction"; readonly opcode: number; readonly operands: readonly Operand[] }
  /** Runs the body so many times; until the gas is gone when `times` is 0. */
  | { readonly kind: "loop"; readonly times: number; readonly body: readonly Intent[] }
  | { readonly kind: "branch"; readonly condition: Operand; readonly body: readonly Intent[] }
  | { readonly kind: "jump"; readonly how: JumpKind; readonly over: Uint8Array }
  /** Fills the stack up to so many items. */
  | { readonly kind: "fill"; readonly height: number }
  /** Copies bytes that lie behind the code to memory. */
  | { readonly kind: "data"; readonly at: bigint; readonly bytes: Uint8Array }
  /** Bytes as they are; the assembler believes that they leave the stack as it was. */
  | { readonly kind: "bytes"; readonly bytes: Uint8Array }
  | {
      readonly kind: "create"
      readonly opcode: number
      readonly value: Operand
      readonly salt: Operand
      readonly at: bigint
      readonly initCode: Uint8Array
      /** How many bytes more (or fewer) than the init code has are given to the creation. */
      readonly sizeError: number
    }

/**
 * `over`: over bytes that are never run; `into data`: to a JUMPDEST byte inside the data of a PUSH; `swallowed`: to a
 * JUMPDEST that a PUSH before it swallows; `nowhere`: to a byte that is no JUMPDEST; `to a word`: to whatever the
 * stack says.
 */
export type JumpKind = "over" | "into data" | "swallowed" | "nowhere" | "to a word"

export type Ending =
  /** Returns or reverts with what is on the stack and a hash of the memory. */
  | { readonly kind: "return" | "revert" | "store" | "stop" | "invalid" | "again" }
  | { readonly kind: "destroy"; readonly beneficiary: Operand }
  /** The last bytes of the code are an opcode (a PUSH) whose data is missing. */
  | { readonly kind: "truncated"; readonly bytes: Uint8Array }
  /** Returns these bytes as the code of a contract, or memory of a size when there are none. */
  | { readonly kind: "deploy"; readonly runtime: Uint8Array; readonly size?: number }

export interface Program {
  readonly body: readonly Intent[]
  readonly ending: Ending
}
