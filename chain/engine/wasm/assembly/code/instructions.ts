/**
 * Decoded instructions: 8 bytes, an operation and its argument. Most are numbered as the opcodes; the numbers of the
 * pushes, from 0x60 on, are free for sequences that compilers write often, each of which does the same as its parts.
 * The numbers lie close together, so that the interpreter's switch becomes a table of jumps.
 */

/** Argument: the value. */
export const PUSH_SMALL: u32 = 0x60
/** Argument: pointer to the word. */
export const PUSH_WORD: u32 = 0x61
/** PUSH, JUMP. Argument: the target's block. */
export const JUMP_TO: u32 = 0x62
/** PUSH, JUMPI. */
export const JUMP_IF: u32 = 0x63
/** ISZERO, PUSH, JUMPI. */
export const JUMP_IF_ZERO: u32 = 0x64
/** EQ, PUSH, JUMPI. */
export const JUMP_IF_EQUAL: u32 = 0x65
/** LT, PUSH, JUMPI. */
export const JUMP_IF_LESS: u32 = 0x66
/** GT, PUSH, JUMPI. */
export const JUMP_IF_GREATER: u32 = 0x67
/** DUP1, PUSH4, EQ, PUSH, JUMPI. Two arguments: selector, target; 16 bytes. */
export const JUMP_IF_SELECTOR: u32 = 0x68
/** LT or GT, ISZERO, PUSH, JUMPI. */
export const JUMP_UNLESS_LESS: u32 = 0x69
export const JUMP_UNLESS_GREATER: u32 = 0x6a
/** PUSH, ADD. Argument: the value. */
export const ADD_SMALL: u32 = 0x6b
/** PUSH, AND. Argument: pointer to the word. */
export const AND_WORD: u32 = 0x6c
/** PUSH, AND. Argument: the value. */
export const AND_SMALL: u32 = 0x78
/** Goes on in the block behind it, where a jump may land as well. */
export const NEXT_BLOCK: u32 = 0x79
/** PUSH, SHL. Argument: bits below 256. */
export const SHIFT_LEFT_BY: u32 = 0x6d
/** PUSH, SHR. */
export const SHIFT_RIGHT_BY: u32 = 0x6e
/** PUSH, MLOAD. Argument: the offset. */
export const LOAD_AT: u32 = 0x6f
/** PUSH, MSTORE. */
export const STORE_AT: u32 = 0x70
/** DUP2, MSTORE: the value is on top of an offset that stays. */
export const STORE_BELOW: u32 = 0x71
/** Several POPs. Argument: how many. */
export const DROP: u32 = 0x72
/** SWAPn, POP. Argument: bytes from the stack's end to the word that the top takes the place of. */
export const REPLACE: u32 = 0x73
/** DUPn, ADD. Argument: bytes from the stack's end to the word that is added. */
export const ADD_FROM: u32 = 0x74
/** All DUPs and SWAPs. Argument: bytes from the stack's end to the word. */
export const DUPLICATE: u32 = 0x75
export const EXCHANGE: u32 = 0x76
/** SWAP2, SWAP1. */
export const ROTATE: u32 = 0x77

export const OPERATION: usize = 0
export const ARGUMENT: usize = 4

/** Before each block: gas of all its instructions, the least height of the stack in bytes, by how many bytes it may be higher. */
export const BLOCK_GAS: usize = 0
export const BLOCK_NEEDS: usize = 4
export const BLOCK_SPAN: usize = 8
export const BLOCK_PC: usize = 12
export const blockBytes: usize = 16
export const stackBytes: u32 = 1024 * 32
