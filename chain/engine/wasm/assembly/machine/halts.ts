/** How an instruction, a frame and a transaction end. The host knows the words for the numbers. */
export const OK: i32 = 0
/** Another frame is the current one. */
export const SWITCHED: i32 = 1
/** STOP, RETURN, SELFDESTRUCT. */
export const DONE: i32 = 2
export const REVERTED: i32 = 3
// From here on exceptional halts: all gas of the frame is gone.
export const OUT_OF_GAS: i32 = 4
export const STACK_UNDERFLOW: i32 = 5
export const STACK_OVERFLOW: i32 = 6
export const INVALID_JUMP: i32 = 7
export const INVALID_OPCODE: i32 = 8
export const STATIC_STATE_CHANGE: i32 = 9
export const CREATE_COLLISION: i32 = 10
export const INIT_CODE_SIZE: i32 = 11
export const CODE_SIZE: i32 = 12
export const INVALID_CODE: i32 = 13
export const PRECOMPILE_FAILED: i32 = 14
/** More memory than the engine gives a frame. */
export const OUT_OF_MEMORY: i32 = 15
/** The one failure that takes no gas: a balance beyond 256 bits. */
export const VALUE_OVERFLOW: i32 = 16
