/** Wei to ATN, rounded once. For statistics and display only. */
export function weiToAtn(wei: bigint | string): number {
  return Number(BigInt(wei)) / 1e18
}
