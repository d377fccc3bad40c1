/** How many shards there are of either kind. */
export interface Coding {
  readonly data: number
  readonly parity: number
}
