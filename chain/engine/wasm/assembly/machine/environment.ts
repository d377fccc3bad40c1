/** What a transaction and its block are, as words, where the host writes them before a call. */

/** Words of the block. */
export const coinbase: usize = memory.data(32, 16)
export const blockNumber: usize = memory.data(32, 16)
export const timestamp: usize = memory.data(32, 16)
export const prevRandao: usize = memory.data(32, 16)
export const blockGasLimit: usize = memory.data(32, 16)
export const baseFee: usize = memory.data(32, 16)
export const blobBaseFee: usize = memory.data(32, 16)
export const chainId: usize = memory.data(32, 16)

/** Words of the transaction. */
export const origin: usize = memory.data(32, 16)
export const target: usize = memory.data(32, 16)
export const value: usize = memory.data(32, 16)
export const maxFee: usize = memory.data(32, 16)
export const maxPriorityFee: usize = memory.data(32, 16)
/** Follows from fees and base fee. */
export const gasPrice: usize = memory.data(32, 16)

/** Rules that can be lifted: code and init code of any size (EIP-170, EIP-3860). */
export let anyCodeSize: bool = false

export function liftCodeSize(): void {
  anyCodeSize = true
}
