/**
 * Replicator dynamics: how the shares of strategies move when what pays better grows.
 *
 * ẋᵢ = xᵢ(fᵢ − f̄), with payoffs fᵢ = Σⱼ Aᵢⱼxⱼ against the present mix and f̄ = Σᵢ xᵢfᵢ (Taylor and Jonker 1978). A
 * mechanism designer reads off which strategies a rule feeds, which it starves, and where the mix comes to rest.
 */
import { Schema } from "effect"

/** `payoffs[i][j]`: what strategy i earns against strategy j, in any unit (per unit of time of the dynamics). */
export type PayoffMatrix = readonly (readonly number[])[]

export interface ReplicatorOptions {
  /**
   * `rungeKutta` (default): classical fourth order on the differential equation, for overlapping generations.
   * `discrete`: one generation a step, xᵢ′ = xᵢ(1 + step·fᵢ)/(1 + step·f̄), for payoffs that are offspring.
   */
  readonly method?: "rungeKutta" | "discrete"
  /** Length of a step in the time unit of the payoffs. Default 0.1. */
  readonly step?: number
  /** Steps at most. Default 100,000. */
  readonly maxSteps?: number
  /** Rest: no share moves faster than this per unit of time. Default 1e-12. */
  readonly restSpeed?: number
  /** Keeps every n-th state in `path`; 0 (default) keeps the first and the last alone. */
  readonly recordEvery?: number
}

/** Where the dynamics went. Shares are in the order of the payoff matrix, and sum to 1. */
export interface ReplicatorReport {
  readonly shares: readonly number[]
  /** Did every share come to rest within the steps allowed? */
  readonly converged: boolean
  readonly steps: number
  /** Largest speed of a share at the end, per unit of time. */
  readonly speed: number
  /** Payoff of each strategy against the final mix. */
  readonly payoffs: readonly number[]
  readonly meanPayoff: number
  /**
   * What the best strategy earns beyond the mean at the end. Positive where an absent strategy could invade: the rest
   * point is then no Nash equilibrium.
   */
  readonly exploitability: number
  readonly path: readonly { readonly step: number; readonly shares: readonly number[] }[]
}

/** Payoffs, shares or options that make no sense. */
export class ReplicatorInputError extends Schema.TaggedError<ReplicatorInputError>()("ReplicatorInputError", {
  reason: Schema.String,
}) {
  override get message(): string {
    return `replicator dynamics: ${this.reason}`
  }
}

/**
 * Runs the dynamics from `initialShares` to rest or to the limit of steps. Strategies that start at zero stay at zero.
 * Throws `ReplicatorInputError`.
 */
export const replicatorDynamics = (
  payoffs: PayoffMatrix,
  initialShares: readonly number[],
  options: ReplicatorOptions = {},
): ReplicatorReport => {
  const {
    method = "rungeKutta",
    step = 0.1,
    maxSteps = 100_000,
    restSpeed = 1e-12,
    recordEvery = 0,
  } = options
  checkInput(payoffs, initialShares, step, maxSteps)
  const advance = method === "discrete" ? discreteStep : rungeKuttaStep
  let shares = normalised(initialShares)
  let speed = fastest(velocity(payoffs, shares))
  const path = [{ step: 0, shares }]
  let steps = 0
  while (speed > restSpeed && steps < maxSteps) {
    shares = advance(payoffs, shares, step)
    speed = fastest(velocity(payoffs, shares))
    steps++
    if (recordEvery > 0 && steps % recordEvery === 0) path.push({ step: steps, shares })
  }
  if (path.at(-1)?.step !== steps) path.push({ step: steps, shares })
  const fitness = payoffsAgainst(payoffs, shares)
  const meanPayoff = dot(shares, fitness)
  return {
    shares,
    converged: speed <= restSpeed,
    steps,
    speed,
    payoffs: fitness,
    meanPayoff,
    exploitability: Math.max(...fitness) - meanPayoff,
    path,
  }
}

/** What each strategy earns against a mix. */
export const payoffsAgainst = (payoffs: PayoffMatrix, shares: readonly number[]): number[] =>
  payoffs.map((row) => dot(row, shares))

/** Change of each share per unit of time; sums to zero. */
export const velocity = (payoffs: PayoffMatrix, shares: readonly number[]): number[] => {
  const fitness = payoffsAgainst(payoffs, shares)
  const meanPayoff = dot(shares, fitness)
  return shares.map((share, i) => share * ((fitness[i] as number) - meanPayoff))
}

const rungeKuttaStep = (payoffs: PayoffMatrix, shares: readonly number[], step: number): number[] => {
  const k1 = velocity(payoffs, shares)
  const k2 = velocity(payoffs, along(shares, k1, step / 2))
  const k3 = velocity(payoffs, along(shares, k2, step / 2))
  const k4 = velocity(payoffs, along(shares, k3, step))
  const slope = k1.map(
    (first, i) => (first + 2 * (k2[i] as number) + 2 * (k3[i] as number) + (k4[i] as number)) / 6,
  )
  return normalised(along(shares, slope, step))
}

const discreteStep = (payoffs: PayoffMatrix, shares: readonly number[], step: number): number[] => {
  const offspring = payoffsAgainst(payoffs, shares).map((payoff) => 1 + step * payoff)
  const starved = offspring.findIndex((factor) => factor < 0)
  if (starved >= 0) {
    throw new ReplicatorInputError({
      reason: `strategy ${starved} would have negative offspring (1 + step × payoff = ${offspring[starved]}); take a smaller step`,
    })
  }
  return normalised(shares.map((share, i) => share * (offspring[i] as number)))
}

const along = (shares: readonly number[], slope: readonly number[], length: number): number[] =>
  shares.map((share, i) => share + length * (slope[i] as number))

/** Back onto the simplex, from which rounding and a step too long may have strayed. */
const normalised = (shares: readonly number[]): number[] => {
  const kept = shares.map((share) => Math.max(0, share))
  const sum = kept.reduce((total, share) => total + share, 0)
  return kept.map((share) => share / sum)
}

const fastest = (speeds: readonly number[]): number =>
  speeds.reduce((most, speed) => Math.max(most, Math.abs(speed)), 0)

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, value, i) => sum + value * (b[i] as number), 0)

const refuse = (reason: string): never => {
  throw new ReplicatorInputError({ reason })
}

const checkInput = (
  payoffs: PayoffMatrix,
  shares: readonly number[],
  step: number,
  maxSteps: number,
): void => {
  const count = payoffs.length
  if (count === 0) refuse("there are no strategies")
  payoffs.forEach((row, i) => {
    if (row.length !== count) refuse(`row ${i} of the payoffs has ${row.length} entries, not ${count}`)
    if (!row.every(Number.isFinite)) refuse(`row ${i} of the payoffs has an entry that is no finite number`)
  })
  if (shares.length !== count) refuse(`${shares.length} initial shares for ${count} strategies`)
  if (!shares.every((share) => Number.isFinite(share) && share >= 0))
    refuse("an initial share is negative or no number")
  if (!shares.some((share) => share > 0)) refuse("all initial shares are zero")
  if (!(step > 0 && Number.isFinite(step))) refuse(`the step must be positive, got ${step}`)
  if (!Number.isInteger(maxSteps) || maxSteps < 0) refuse(`maxSteps must be a whole number, got ${maxSteps}`)
}
