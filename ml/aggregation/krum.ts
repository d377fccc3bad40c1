/**
 * Krum and Multi-Krum (Blanchard, El Mhamdi, Guerraoui and Stainer 2017): whoever lies closest to others is right.
 *
 * The score of an update is the sum of its squared distances to its n − m − 2 nearest neighbours, where `m` of n are
 * assumed to lie; the lowest scores win, of equal ones the first by name. The theory asks for n ≥ 2m + 3. A round of
 * a real network may bring fewer, and it must go on: then at least one neighbour is looked at, and nothing is promised.
 * Claims of samples count for nothing.
 */
import { inOrderOfNames, type Contribution } from "./contribution.ts"
import { squaredDistances } from "./squaredDistances.ts"

/** The contributions by score, best first, with their scores; of equal ones the first by name. Throws `AggregationInvalid`. */
export const krumScores = (
  contributions: readonly Contribution[],
  byzantine: number,
): readonly { readonly contribution: Contribution; readonly score: number }[] => {
  const ordered = inOrderOfNames(contributions)
  const clients = ordered.length
  const neighbours = Math.min(clients - 1, Math.max(1, clients - byzantine - 2))
  const distances = squaredDistances(ordered)
  const scored = ordered.map((contribution, i) => {
    const others = distances[i]!.filter((_, j) => j !== i).sort()
    let score = 0
    for (let k = 0; k < neighbours; k++) score += others[k]!
    return { contribution, score }
  })
  // Sorting is stable: equals stay in the order of names.
  return scored.sort((a, b) => a.score - b.score)
}

/** The one contribution with the lowest score, as a new array. Throws `AggregationInvalid`. */
export const krum = (contributions: readonly Contribution[], byzantine: number): Float32Array =>
  krumScores(contributions, byzantine)[0]!.contribution.values.slice()
