/** Whole ATN and parts of one, in wei. */
export const weiOf = (atn: number): bigint => BigInt(Math.round(atn * 1e9)) * 1_000_000_000n
