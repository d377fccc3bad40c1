/** The statuses of a task and the order in which it goes through them. */

/** `TaskContract.getTask`'s status, `uint8`. */
export const taskStatus = {
  proposed: 0,
  active: 1,
  solutionCommitted: 3,
  groundTruthRevealed: 5,
  solutionRevealed: 4,
  verificationPending: 6,
  verifiedCorrect: 7,
  verifiedIncorrect: 8,
  rewarded: 9,
  archived: 10,
  disputed: 11,
} as const

/** How far a task is; 7 and 8 exclude each other. A dispute has no place: it stands beside the order. */
const place: ReadonlyMap<number, number> = new Map([
  [taskStatus.proposed, 0],
  [taskStatus.active, 1],
  [taskStatus.solutionCommitted, 2],
  [taskStatus.groundTruthRevealed, 3],
  [taskStatus.solutionRevealed, 4],
  [taskStatus.verificationPending, 5],
  [taskStatus.verifiedCorrect, 6],
  [taskStatus.verifiedIncorrect, 6],
  [taskStatus.rewarded, 7],
  [taskStatus.archived, 8],
])

/**
 * Whether a task may go from one status to the other at once: forward along 0 → 1 → 3 → 5 → 4 → 6 → 7 or 8 → 9 → 10,
 * leaving out what it likes; into dispute (11) from 4–8, and out of it to a result or beyond.
 */
export const isForward = (from: number, to: number): boolean => {
  if (to === taskStatus.disputed) return from >= 4 && from <= 8
  const there = place.get(to)
  if (there === undefined) return false
  if (from === taskStatus.disputed) return there >= 6
  return there > (place.get(from) ?? Infinity)
}
