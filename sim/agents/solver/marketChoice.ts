/** How a solver that can train one capability of several chooses: numbers in, one of them out. */

/** A capability that has tasks to answer in this round. */
export interface Opening {
  readonly capability: string
  /** By which its reward is multiplied, as the solver expects it. */
  readonly multiplier: number
  /** Places that all its tasks of the round have together. */
  readonly places: number
  /** ATN that training for it costs. */
  readonly cost: number
}

export interface ChoiceOptions {
  readonly openings: readonly Opening[]
  /** ATN for a solution with full marks at a multiplier of 1. */
  readonly reward: number
  /** Share of the reward that an attempt brought so far, by capability; 1 where nothing was tried. */
  readonly yieldOf: (capability: string) => number
  /** Solvers that compete for places; undefined where the solver does not think of them. */
  readonly rivals: number | undefined
}

/**
 * ATN that each opening is expected to bring: reward × multiplier × yield × P(place) − cost. Who thinks of rivals
 * expects them to spread in proportion to multipliers, and a place to be as likely as there are places for them.
 */
export const expectedProfits = ({ openings, reward, yieldOf, rivals }: ChoiceOptions): readonly number[] => {
  const total = openings.reduce((sum, { multiplier }) => sum + multiplier, 0)
  return openings.map(({ capability, multiplier, places, cost }) => {
    const expected = rivals === undefined || total === 0 ? 0 : (rivals * multiplier) / total
    const chance = expected <= places ? 1 : places / expected
    return reward * multiplier * yieldOf(capability) * chance - cost
  })
}

/**
 * P(each is chosen): the best, equally where several are, at a temperature of 0; in proportion to
 * exp(profit / temperature) above. Nothing that is not expected to pay is chosen.
 */
export const choiceShares = (profits: readonly number[], temperatureAtn: number): readonly number[] => {
  const top = Math.max(...profits)
  const weights = profits.map((profit) => {
    if (profit <= 0) return 0
    if (temperatureAtn === 0) return profit === top ? 1 : 0
    return Math.exp((profit - top) / temperatureAtn)
  })
  const sum = weights.reduce((total, weight) => total + weight, 0)
  return weights.map((weight) => (sum === 0 ? 0 : weight / sum))
}

/** The index that a number from 0 to 1 falls on; undefined where all shares are 0. */
export const pick = (shares: readonly number[], drawn: number): number | undefined => {
  let reached = 0
  let last: number | undefined
  for (const [index, share] of shares.entries()) {
    if (share === 0) continue
    reached += share
    last = index
    if (drawn < reached) return index
  }
  return last
}
