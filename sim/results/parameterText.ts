/** Values of contract parameters for people: `5 %`, `50 ATN`, `7 days`, `300 blocks`. Exact, all of them. */
import { formatInteger } from "./format.ts"

/** `fraction18` is a share with 18 decimals; `flag` is 0 or 1. */
export const parameterUnits = [
  "wei",
  "blocks",
  "seconds",
  "bps",
  "permille",
  "count",
  "flag",
  "fraction18",
] as const

export type ParameterUnit = (typeof parameterUnits)[number]

const WEI_DECIMALS = 18
/** Below this many wei (a thousandth of a millionth of an ATN) the amount is written in wei. */
const FEW_WEI = 10n ** 9n

const MINUTE = 60n
const HOUR = 60n * MINUTE
const DAY = 24n * HOUR

/** Spelled so that a scenario file may hold the same text. `value` is in the parameter's own unit on chain. */
export const parameterText = (value: bigint, unit: ParameterUnit): string => {
  switch (unit) {
    case "wei":
      return value !== 0n && value < FEW_WEI ? `${value} wei` : `${shifted(value, WEI_DECIMALS)} ATN`
    case "blocks":
      return counted(value, "block")
    case "seconds":
      return durationText(value)
    case "bps":
      return `${shifted(value, 2)} %`
    case "permille":
      return `${shifted(value, 1)} %`
    case "count":
      return String(value)
    case "flag":
      return value === 0n ? "off" : "on"
    case "fraction18":
      return shifted(value, WEI_DECIMALS)
  }
}

/** The same with thousands separated, to be read and not to be copied: `1,000,000 ATN`. */
export const parameterDisplay = (value: bigint, unit: ParameterUnit): string =>
  parameterText(value, unit).replace(/^\d+/, (digits) => formatInteger(BigInt(digits)))

/** `0 to 100 %`, `1 to 1,000,000 blocks`, `off or on`. */
export const rangeDisplay = (min: bigint, max: bigint, unit: ParameterUnit): string => {
  if (unit === "flag") return "off or on"
  const [least, most] = [parameterDisplay(min, unit), parameterDisplay(max, unit)]
  const [, number = least, word = ""] = /^(\S+)(?: (.*))?$/.exec(least) ?? []
  const sameUnit = min === 0n || most.endsWith(` ${word}`) || most.endsWith(` ${word}s`)
  return `${sameUnit ? number : least} to ${most}`
}

/** Seconds in the largest unit that leaves no rest. */
export const durationText = (seconds: bigint): string => {
  if (seconds === 0n) return "0 s"
  if (seconds % DAY === 0n) return counted(seconds / DAY, "day")
  if (seconds % HOUR === 0n) return `${seconds / HOUR} h`
  return seconds % MINUTE === 0n ? `${seconds / MINUTE} min` : `${seconds} s`
}

const counted = (count: bigint, singular: string): string => `${count} ${singular}${count === 1n ? "" : "s"}`

/** The whole number divided by a power of ten, exactly. */
const shifted = (value: bigint, decimals: number): string => {
  const digits = String(value).padStart(decimals + 1, "0")
  const fraction = digits.slice(-decimals).replace(/0+$/, "")
  return `${digits.slice(0, -decimals)}${fraction === "" ? "" : `.${fraction}`}`
}
