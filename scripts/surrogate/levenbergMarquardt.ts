/**
 * Least squares by Levenberg and Marquardt (Marquardt 1963), with forward differences: deterministic, for a few dozen
 * parameters and residuals that are smooth in them.
 */
export interface LeastSquares {
  readonly start: readonly number[]
  /** Of any fixed length. */
  readonly residuals: (parameters: readonly number[]) => Float64Array
  /** Step of the differences. */
  readonly step: number
  readonly iterations: number
  readonly onIteration?: (iteration: number, sumOfSquares: number, parameters: readonly number[]) => void
}

/** Improvements below this share of the sum of squares end the search. */
const ENOUGH = 5e-4
const FIRST_DAMPING = 0.01
const LARGEST_DAMPING = 1e3

export const leastSquares = (problem: LeastSquares): readonly number[] => {
  const { residuals, iterations, onIteration } = problem
  let best = [...problem.start]
  let values = residuals(best)
  let cost = sumOfSquares(values)
  let damping = FIRST_DAMPING
  for (let iteration = 1; iteration <= iterations; iteration++) {
    const columns = differences(problem, best, values)
    const before = cost
    while (damping <= LARGEST_DAMPING) {
      const move = solve(columns, values, damping)
      const candidate = best.map((value, i) => value + move[i]!)
      const tried = residuals(candidate)
      const triedCost = sumOfSquares(tried)
      if (triedCost < cost) {
        ;[best, values, cost] = [candidate, tried, triedCost]
        damping /= 5
        break
      }
      damping *= 4
    }
    onIteration?.(iteration, cost, best)
    if (before - cost < ENOUGH * before) break
  }
  return best
}

/** The Jacobian by columns. */
const differences = (
  { residuals, step }: LeastSquares,
  at: readonly number[],
  values: Float64Array,
): readonly Float64Array[] =>
  at.map((_, parameter) => {
    const moved = residuals(at.map((value, i) => (i === parameter ? value + step : value)))
    return moved.map((value, i) => (value - values[i]!) / step)
  })

/** The step −(JᵀJ + λ·(diag(JᵀJ) + floor))⁻¹·Jᵀr. */
const solve = (columns: readonly Float64Array[], values: Float64Array, damping: number): number[] => {
  const normal = columns.map((left) => columns.map((right) => dot(left, right)))
  const floor = 1e-6 * Math.max(...normal.map((row, i) => row[i]!))
  const rows = normal.map((row, i) => {
    const damped = row.map((value, j) => (i === j ? value + damping * (value + floor) : value))
    return [...damped, -dot(columns[i]!, values)]
  })
  return eliminate(rows)
}

/** Gaussian elimination with partial pivoting; each row ends with its right side. */
const eliminate = (rows: number[][]): number[] => {
  const size = rows.length
  for (let column = 0; column < size; column++) {
    let pivot = column
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row
    }
    ;[rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!]
    for (let row = column + 1; row < size; row++) {
      const factor = rows[row]![column]! / rows[column]![column]!
      for (let k = column; k <= size; k++) rows[row]![k]! -= factor * rows[column]![k]!
    }
  }
  const solution = Array.from({ length: size }, () => 0)
  for (let row = size - 1; row >= 0; row--) {
    let rest = rows[row]![size]!
    for (let k = row + 1; k < size; k++) rest -= rows[row]![k]! * solution[k]!
    solution[row] = rest / rows[row]![row]!
  }
  return solution
}

const dot = (a: Float64Array, b: Float64Array): number => {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

const sumOfSquares = (values: Float64Array): number => dot(values, values)
