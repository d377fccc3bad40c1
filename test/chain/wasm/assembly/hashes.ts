// What the tests call of the core's hashes.

export { keccak256 } from "../../../../chain/engine/wasm/assembly/keccak"
export { rememberedKeccak256 } from "../../../../chain/engine/wasm/assembly/keccakMemo"
export { sha256 } from "../../../../chain/engine/wasm/assembly/precompiles/sha256"

/** Free memory for inputs and results. */
export const room: usize = memory.data(32768, 16)
