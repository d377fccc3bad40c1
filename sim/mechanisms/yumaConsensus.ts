/**
 * Yuma consensus, as a rule of voting to compare the contracts' with; nothing on chain uses it. Everybody weighs everybody
 * by stake: a weight counts up to what a majority of the stake agrees to, and who weighs early and in agreement owns a
 * bond on what comes of it. Source: the epoch of Bittensor's subtensor.
 */

/** Rows: who weighs. Columns: whom. */
export type Matrix = readonly (readonly number[])[]

export interface YumaOptions {
  /** κ: a weight counts as far as more than 1 − κ of the stake gives no less. */
  readonly majority: number
  /** Weight of the present epoch in the moving average of bonds. */
  readonly bondAverage: number
  /** 1: bonds grow by clipped weights; 0: by weights as they were given. */
  readonly bondPenalty: number
  /** How bonds are kept between epochs: each column scaled to a maximum of 1, and `u16` cut to whole 65,535ths. */
  readonly rounding: "none" | "u16"
}

export interface YumaEpoch {
  /** The weight that a majority agrees to, for each column. */
  readonly consensus: readonly number[]
  /** Shares of what those who are weighed earn. */
  readonly incentives: readonly number[]
  /** Shares of what those who weigh earn. */
  readonly dividends: readonly number[]
  /** To be given to the next epoch. */
  readonly bonds: Matrix
}

const U16_MAX = 65_535

/** One epoch. `bonds`: of the epoch before; none at the beginning. What somebody gives itself does not count. */
export const yumaEpoch = (
  stakes: readonly number[],
  weights: Matrix,
  bonds: Matrix | undefined,
  options: YumaOptions,
): YumaEpoch => {
  const stake = normalised(stakes)
  const given = weights.map((row, i) => normalised(row.map((weight, j) => (i === j ? 0 : weight))))
  const consensus = stake.map((_, j) => weightedMedian(stake, columnOf(given, j), options.majority))
  const clipped = given.map((row) => row.map((weight, j) => Math.min(weight, consensus[j]!)))
  const incentives = normalised(
    stake.map((_, j) => stake.reduce((sum, own, i) => sum + own * clipped[i]![j]!, 0)),
  )
  const penalty = options.bondPenalty
  const bought = given.map((row, i) =>
    row.map((weight, j) => stake[i]! * ((1 - penalty) * weight + penalty * clipped[i]![j]!)),
  )
  const now = byColumn(bought, normalised)
  const before = bonds === undefined ? undefined : byColumn(bonds, normalised)
  const average = now.map((row, i) =>
    row.map((bond, j) => options.bondAverage * bond + (1 - options.bondAverage) * (before?.[i]?.[j] ?? 0)),
  )
  const owned = byColumn(average, normalised)
  const dividends = normalised(
    owned.map((row) => row.reduce((sum, bond, j) => sum + bond * incentives[j]!, 0)),
  )
  return { consensus, incentives, dividends, bonds: byColumn(owned, keptAs(options.rounding)) }
}

/** The score at which the stake below is at most 1 − majority of all, and with it more. */
export const weightedMedian = (
  stakes: readonly number[],
  scores: readonly number[],
  majority: number,
): number => {
  const total = stakes.reduce((sum, stake) => sum + stake, 0)
  const order = scores.map((_, i) => i).sort((a, b) => scores[a]! - scores[b]!)
  let below = 0
  for (const i of order) {
    below += stakes[i]!
    if (below > total * (1 - majority)) return scores[i]!
  }
  return scores[order.at(-1) ?? 0] ?? 0
}

const keptAs =
  (rounding: YumaOptions["rounding"]) =>
  (column: readonly number[]): readonly number[] => {
    const most = Math.max(...column)
    if (most === 0) return column
    const scaled = column.map((bond) => bond / most)
    return rounding === "none" ? scaled : scaled.map((bond) => Math.floor(bond * U16_MAX) / U16_MAX)
  }

/** Shares that sum up to 1; all 0 where there is nothing to share. */
const normalised = (values: readonly number[]): readonly number[] => {
  const total = values.reduce((sum, value) => sum + value, 0)
  return total === 0 ? values.map(() => 0) : values.map((value) => value / total)
}

const columnOf = (matrix: Matrix, j: number): readonly number[] => matrix.map((row) => row[j]!)

const byColumn = (matrix: Matrix, change: (column: readonly number[]) => readonly number[]): Matrix => {
  const columns = (matrix[0] ?? []).map((_, j) => change(columnOf(matrix, j)))
  return matrix.map((row, i) => row.map((_, j) => columns[j]![i]!))
}
