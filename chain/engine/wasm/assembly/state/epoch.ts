/**
 * Every transaction and every view has an epoch of its own. A record that bears the present epoch is warm, touched,
 * created, …; all others are not, so that the sets of a transaction are emptied by counting on.
 */
let epoch: u32 = 1

export function now(): u32 {
  return epoch
}

export function nextEpoch(): void {
  epoch++
  if (epoch == 0) unreachable()
}
