/** How far predicted curves are from real ones, by what was new to the fit. */
import type { FitError } from "../../ml/surrogate/fitError.ts"
import { mean, meanBounds } from "../../sim/results/interval.ts"
import { parts } from "./design.ts"
import type { Curve } from "./federation.ts"

export interface Compared {
  readonly part: FitError["part"]
  readonly real: Curve
  readonly predicted: Curve
}

/** Each end of an interval is missed with this probability. */
const ALPHA = 0.025

/** One entry a part that has federations, in the order of parts. */
export const errorsByPart = (compared: readonly Compared[]): readonly FitError[] =>
  parts.flatMap((part) => {
    const own = compared.filter((each) => each.part === part)
    return own.length === 0 ? [] : [{ part, ...errorsOf(own) }]
  })

/** Means over federations, each of which counts once. */
export const errorsOf = (compared: readonly Omit<Compared, "part">[]): Omit<FitError, "part"> => {
  const differences = compared.map(({ real, predicted }) =>
    trained(real).map((value, i) => trained(predicted)[i]! - value),
  )
  const byRound = differences.map((values) => mean(values.map(Math.abs)))
  const last = differences.map((values) => Math.abs(values.at(-1)!))
  const bias = differences.map(mean)
  const honest = compared.map(({ real, predicted }) => meanDistance(real.honest, predicted.honest)!)
  const attacker = compared.flatMap(
    ({ real, predicted }) => meanDistance(real.attacker, predicted.attacker) ?? [],
  )
  return {
    federations: compared.length,
    byRound: rounded(mean(byRound)),
    byRoundInterval: interval(byRound),
    last: rounded(mean(last)),
    lastInterval: interval(last),
    bias: rounded(mean(bias)),
    biasInterval: interval(bias),
    honest: rounded(mean(honest)),
    attacker: attacker.length === 0 ? null : rounded(mean(attacker)),
  }
}

/** Accuracies after training, without round 0. */
const trained = ({ accuracy }: Curve): readonly number[] => accuracy.slice(1)

const meanDistance = (
  real: readonly (number | null)[],
  predicted: readonly (number | null)[],
): number | undefined => {
  const distances = real.flatMap((value, i) =>
    value === null ? [] : [Math.abs((predicted[i] ?? 0) - value)],
  )
  return distances.length === 0 ? undefined : mean(distances)
}

const interval = (values: readonly number[]): readonly [number, number] => {
  const { lower, upper } = meanBounds(values, ALPHA)
  // A single federation has no interval; as shares, differences lie between −1 and 1.
  return [rounded(Math.max(-1, lower)), rounded(Math.min(1, upper))]
}

/** To a hundredth of a percentage point. */
const rounded = (share: number): number => Math.round(share * 10_000) / 10_000
