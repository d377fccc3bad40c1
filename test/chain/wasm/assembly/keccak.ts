// What the tests and the benchmark call of the core's hashes.

export { keccak256 } from "../../../../chain/engine/wasm/assembly/keccak"

/** Free memory for inputs and results. */
export const room: usize = memory.data(32768, 16)
