/** Provided by the host: EthereumJS's precompiles. */

/** Gives the gas that is left, or -1 when the call fails; writes the output through `outputRoom`. */
export declare function precompile(address: u32, input: usize, size: u32, gas: i64): i64
