/** How often audits find out about fabricated checkpoints, in closed form. */

export interface AuditChances {
  /** Segments of the trail. */
  readonly segments: number
  /** How many of them are fabricated. */
  readonly fabricated: number
  /** P(a submission is audited at all). */
  readonly probability: number
  /** Different segments that an audit recomputes. */
  readonly audited: number
}

/**
 * P(one auditor finds a fabricated segment) = p · (1 − C(S − F, s) / C(S, s)): it audits at all, and does not recompute
 * honest segments only. Auditors who draw together find it together, with this probability.
 */
export const detectionByOne = ({ segments, fabricated, probability, audited }: AuditChances): number => {
  let missed = 1
  for (let drawn = 0; drawn < Math.min(audited, segments); drawn++) {
    missed *= Math.max(0, segments - fabricated - drawn) / (segments - drawn)
  }
  return probability * (1 - missed)
}

/** P(at least one of `auditors` who draw apart finds it) = 1 − (1 − q)ⁿ. */
export const detectionByAny = (auditors: number, chances: AuditChances): number =>
  1 - (1 - detectionByOne(chances)) ** auditors

/**
 * P(at least `votes` of `auditors` who draw apart find it): what it takes to convict, where one who knows must outvote
 * those who don't. Binomial.
 */
export const detectionByMany = (auditors: number, votes: number, chances: AuditChances): number => {
  const found = detectionByOne(chances)
  let sum = 0
  let ways = 1
  for (let count = 0; count <= auditors; count++) {
    if (count >= votes) sum += ways * found ** count * (1 - found) ** (auditors - count)
    ways = (ways * (auditors - count)) / (count + 1)
  }
  return sum
}
