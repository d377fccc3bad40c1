/**
 * Results that a truthful simulator must reproduce: each target is one file here, run by `npm run validate`.
 */
import { mean, meanBounds } from "../../sim/results/interval.ts"

/** One comparison of a target. All numbers are in the unit that `label` states. */
export interface ValidationRow {
  readonly label: string
  readonly expected: number
  readonly simulated: number
  /** 99 % confidence interval of `simulated`, for statistical targets. */
  readonly interval?: readonly [lower: number, upper: number]
  /**
   * Absolute. Exact rows: the largest distance from `expected`; statistical rows: the largest width of `interval`; rows
   * within a factor: that factor.
   */
  readonly tolerance: number
  readonly pass: boolean
}

export interface ValidationTarget {
  /** `V16` */
  readonly id: string
  readonly title: string
  /** The formula or publication that the expected values come from. */
  readonly source: string
  readonly kind: "exact" | "statistical"
  /** `quick` takes seconds and states wider tolerances; `full` may take minutes. */
  rows(mode: "quick" | "full"): Promise<readonly ValidationRow[]>
}

/** A deterministic result: passes within `tolerance` of `expected`. */
export const exactRow = (row: Omit<ValidationRow, "pass" | "interval">): ValidationRow => ({
  ...row,
  pass: Math.abs(row.simulated - row.expected) <= row.tolerance,
})

export interface StatisticalRowInput {
  readonly label: string
  readonly expected: number
  /** One independent estimate a replicate, in the order of seeds. */
  readonly replicates: readonly number[]
  /** Largest width of the interval. */
  readonly tolerance: number
}

/** A result over replicates: passes when its 99 % Student interval covers `expected` and is no wider than `tolerance`. */
export const statisticalRow = ({
  label,
  expected,
  replicates,
  tolerance,
}: StatisticalRowInput): ValidationRow => {
  const { lower, upper } = meanBounds(replicates, 0.005)
  // Replicates that all say the same differ by the rounding of their sums alone.
  const rounding = 1e-9 * Math.abs(expected)
  const covers = lower - rounding <= expected && expected <= upper + rounding
  const pass = covers && upper - lower <= tolerance
  return { label, expected, simulated: mean(replicates), interval: [lower, upper], tolerance, pass }
}

/**
 * A result over replicates: passes when its 99 % Student interval lies between `expected` / `factor` and `expected` ·
 * `factor`.
 */
export const factorRow = ({
  label,
  expected,
  replicates,
  factor,
}: Omit<StatisticalRowInput, "tolerance"> & { readonly factor: number }): ValidationRow => {
  const { lower, upper } = meanBounds(replicates, 0.005)
  const pass = expected / factor <= lower && upper <= expected * factor
  return { label, expected, simulated: mean(replicates), interval: [lower, upper], tolerance: factor, pass }
}
