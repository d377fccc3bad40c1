import type { Contribution } from "./contribution.ts"

/** Weights that are transposed at a time: 100 clients' fit a processor's cache. */
const BLOCK = 512
/** Up to here, insertion beats the call of the engine's own sort. */
const SHORT = 64

/**
 * One number for each weight, made from the clients' values of it in ascending order. `statistic` reads
 * `values[from … from + clients)` and must not write.
 */
export const mapSortedColumns = (
  contributions: readonly Contribution[],
  statistic: (values: Float32Array, from: number) => number,
): Float32Array => {
  const clients = contributions.length
  const length = contributions[0]!.values.length
  const result = new Float32Array(length)
  const columns = new Float32Array(BLOCK * clients)
  for (let start = 0; start < length; start += BLOCK) {
    const rows = Math.min(BLOCK, length - start)
    contributions.forEach(({ values }, client) => {
      for (let row = 0; row < rows; row++) columns[row * clients + client] = values[start + row]!
    })
    for (let row = 0; row < rows; row++) {
      const from = row * clients
      if (clients <= SHORT) insertionSort(columns, from, from + clients)
      else columns.subarray(from, from + clients).sort()
      result[start + row] = statistic(columns, from)
    }
  }
  return result
}

const insertionSort = (values: Float32Array, from: number, to: number): void => {
  for (let next = from + 1; next < to; next++) {
    const value = values[next]!
    let at = next
    for (; at > from && values[at - 1]! > value; at--) values[at] = values[at - 1]!
    values[at] = value
  }
}
