/**
 * V16: the M/M/1 queue, against its closed form. Service rate µ = 1, load ρ: the mean number in the system is ρ/(1 − ρ).
 *
 * Arrivals and server are two agents on the kernel, joined by an Effect `Queue`; times are exponential draws of their
 * own `Random`. A replicate is one run with a seed of its own. It starts in the steady state: the number in the system
 * at time zero is geometric, and by the lack of memory nothing else needs drawing, so that there is no warm-up to cut.
 *
 * Run lengths follow from the asymptotic variance of the time average, 2ρ(1 + ρ)/(1 − ρ)⁴ per unit of time (Whitt 1989,
 * "Planning queueing simulations", eq. 23 with c² = 1), such that the interval's expected width is 80 % of the tolerance.
 */
import { Effect, Queue, Random } from "effect"
import { createKernel } from "../../sim/kernel/createKernel.ts"
import type { RandomStream } from "../../sim/kernel/randomStream.ts"
import { MICROS_PER_MILLI } from "../../sim/kernel/time.ts"
import { mean } from "../../sim/results/interval.ts"
import { exactRow, statisticalRow, type ValidationRow, type ValidationTarget } from "./target.ts"

const LOADS = [0.5, 0.8, 0.9]
const REPLICATES = 60
/** Student's 0.995 quantile for 59 degrees of freedom: plans run lengths, judges nothing. */
const PLANNING_QUANTILE = 2.66
/** Service times a replicate has at least: the variance above holds for long runs. */
const SHORTEST_REPLICATE = 1000
/** Largest width of the interval, as a share of the expected value. */
const RELATIVE_TOLERANCE = { full: 0.05, quick: 0.25 }
const PLANNED_SHARE_OF_TOLERANCE = 0.8
/** One unit of the model's time, in milliseconds of virtual time. */
const UNIT_MILLIS = 1000
const MICROS_PER_UNIT = UNIT_MILLIS * MICROS_PER_MILLI

/** Customers at the edges, times L, weigh this much: generous, for their number is geometric. */
const LITTLE_EDGE_FACTOR = 4

interface QueueObservation {
  /** Time average of the number in the system. */
  readonly meanNumber: number
  readonly arrivalRate: number
  /** Mean time in the system of those who came and went. */
  readonly meanSojourn: number
}

/** Counts who is in the system, and integrates over time. Times in units. */
class System {
  readonly #now: () => number
  #number: number
  #since = 0
  #area = 0
  arrivals = 0
  departures = 0
  sojourns = 0

  constructor(now: () => number, initially: number) {
    this.#now = now
    this.#number = initially
  }

  #step(change: number): number {
    const now = this.#now()
    this.#area += this.#number * (now - this.#since)
    this.#since = now
    this.#number += change
    return now
  }

  arrive(): number {
    this.arrivals++
    return this.#step(1)
  }

  /** `arrived` is undefined for those who were there at time zero. */
  depart(arrived: number | undefined): void {
    const now = this.#step(-1)
    if (arrived === undefined) return
    this.departures++
    this.sojourns += now - arrived
  }

  observe(duration: number): QueueObservation {
    this.#step(0)
    return {
      meanNumber: this.#area / duration,
      arrivalRate: this.arrivals / duration,
      meanSojourn: this.sojourns / this.departures,
    }
  }
}

const exponentialSleep = (rate: number): Effect.Effect<void> =>
  Effect.flatMap(Random.next, (uniform) =>
    Effect.sleep(Math.round((-Math.log(1 - uniform) / rate) * UNIT_MILLIS)),
  )

/** Number in the system in the steady state: P(n) = (1 − ρ)ρⁿ. */
const steadyNumber = (load: number, stream: RandomStream): number => {
  let number = 0
  while (stream.next() < load) number++
  return number
}

const simulate = async (load: number, duration: number, seed: string): Promise<QueueObservation> => {
  const kernel = createKernel({ seed, horizonMicros: duration * MICROS_PER_UNIT })
  const initially = steadyNumber(load, kernel.stream("initial number"))
  const system = new System(() => kernel.now() / MICROS_PER_UNIT, initially)
  const line = kernel.assemble(Queue.unbounded<number | undefined>())
  kernel.assemble(
    Queue.offerAll(
      line,
      Array.from({ length: initially }, () => undefined),
    ),
  )

  const arrival = exponentialSleep(load)
  const service = exponentialSleep(1)
  kernel.spawn(
    "arrivals",
    Effect.gen(function* () {
      for (;;) {
        yield* arrival
        yield* Queue.offer(line, system.arrive())
      }
    }),
  )
  kernel.spawn(
    "server",
    Effect.gen(function* () {
      for (;;) {
        const arrived = yield* Queue.take(line)
        yield* service
        system.depart(arrived)
      }
    }),
  )
  await kernel.run()
  return system.observe(duration)
}

/** Units of time that one replicate needs for an interval of the planned width. */
const replicateDuration = (load: number, width: number): number => {
  const idle = 1 - load
  const variance = (2 * load * (1 + load)) / (idle * idle * idle * idle)
  const reach = (PLANNED_SHARE_OF_TOLERANCE * width) / 2
  const total = (variance * PLANNING_QUANTILE * PLANNING_QUANTILE) / (reach * reach)
  return Math.max(SHORTEST_REPLICATE, Math.ceil(total / REPLICATES))
}

const rowsOfLoad = async (load: number, mode: "quick" | "full"): Promise<readonly ValidationRow[]> => {
  const expected = load / (1 - load)
  const tolerance = RELATIVE_TOLERANCE[mode] * expected
  const duration = replicateDuration(load, tolerance)
  const observations: QueueObservation[] = []
  for (let replicate = 0; replicate < REPLICATES; replicate++) {
    observations.push(await simulate(load, duration, `v16/${load}/${replicate}`))
  }
  const meanNumber = mean(observations.map((observation) => observation.meanNumber))
  const byLittle = mean(observations.map((observation) => observation.arrivalRate * observation.meanSojourn))
  return [
    statisticalRow({
      label: `mean number in system at load ${load} (${REPLICATES} × ${duration} service times)`,
      expected,
      replicates: observations.map((observation) => observation.meanNumber),
      tolerance,
    }),
    // They differ by those who were in the system at the start and at the end: about 2L of them in each replicate.
    exactRow({
      label: `Little's law at load ${load}: λW against the mean number`,
      expected: meanNumber,
      simulated: byLittle,
      tolerance: (LITTLE_EDGE_FACTOR * expected * expected) / (load * duration) + 1e-3 * expected,
    }),
  ]
}

export const v16: ValidationTarget = {
  id: "V16",
  title: "Queue sanity of the kernel (M/M/1)",
  source: "L = ρ/(1 − ρ), L = λW (Little 1961); µ = 1",
  kind: "statistical",
  rows: async (mode) => {
    const rows: ValidationRow[] = []
    for (const load of LOADS) rows.push(...(await rowsOfLoad(load, mode)))
    return rows
  },
}
