/**
 * "A Little Is Enough" (Baruch, Baruch and Goldberg 2019): of each weight mean − z · standard deviation of honest
 * updates. Inside the spread of honest updates, so that medians and distances don't give it away, and always on the
 * same side, so that it adds up.
 */
import tQuantile from "@stdlib/stats-base-dists-t-quantile"

/** Student's t with so many degrees of freedom is the normal distribution to 12 digits. */
const NORMAL = 1e12

/**
 * The largest z that hides: attackers need the support of s = ⌊n/2 + 1⌋ − m honest clients, so z is the normal quantile
 * of (n − m − s) / (n − m), which is the share of honest clients that they may have on their outer side. 0 where so few
 * attackers can't hide at all; a majority needs no support, and then z is limited to where one honest client is expected.
 */
export const alieDeviations = (numbers: { readonly clients: number; readonly attackers: number }): number => {
  const { clients, attackers } = numbers
  const honest = clients - attackers
  if (honest < 1) return 0
  const supporters = Math.floor(clients / 2 + 1) - attackers
  const share = Math.min((honest - supporters) / honest, honest / (honest + 1))
  return share <= 0.5 ? 0 : tQuantile(share, NORMAL)
}

/** Mean − z · population standard deviation over `updates`, weight by weight, in float64 in the order given. */
export const alie = (updates: readonly Float32Array[], z: number): Float32Array => {
  const count = updates.length
  const length = updates[0]?.length ?? 0
  const result = new Float32Array(length)
  for (let i = 0; i < length; i++) {
    let sum = 0
    for (let u = 0; u < count; u++) sum += updates[u]![i]!
    const mean = sum / count
    let squares = 0
    for (let u = 0; u < count; u++) squares += (updates[u]![i]! - mean) * (updates[u]![i]! - mean)
    result[i] = mean - z * Math.sqrt(squares / count)
  }
  return result
}
