/** The settings that an attacker may choose: from a point of the unit cube to a value of each factor. */
import type { Factor } from "../scenario/plan.ts"

/** Values by path. */
export type FactorSetting = Readonly<Record<string, unknown>>

/** The setting at a point of the cube, a coordinate from 0 to below 1 for each factor in its order. */
export function settingAt(factors: readonly Factor[], point: readonly number[]): FactorSetting {
  return Object.fromEntries(factors.map((factor, index) => [factor.path, valueAt(factor, point[index] ?? 0)]))
}

function valueAt(factor: Factor, coordinate: number): unknown {
  if (factor._tag === "values") return factor.values[Math.floor(coordinate * factor.values.length)]
  const { from, to, scale, integer } = factor
  // Each whole number has a stretch of the same length around it.
  const [low, high] = integer ? [from - 0.5, to + 0.5] : [from, to]
  const value = scale === "log" ? logarithmic(factor, coordinate) : low + coordinate * (high - low)
  return clamp(integer ? Math.round(value) : short(value), from, to)
}

function logarithmic({ from, to }: Extract<Factor, { readonly _tag: "range" }>, coordinate: number): number {
  return from * (to / from) ** coordinate
}

/** To four digits: nobody chooses more, and people copy them. */
const short = (value: number): number => Number(value.toPrecision(4))

const clamp = (value: number, from: number, to: number): number => Math.min(to, Math.max(from, value))
