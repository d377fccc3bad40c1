/** The value of a contract parameter in a scenario file: an integer, decimal text, or `{ atn: n }`. */
import { atnToWei, parseDecimal } from "./amount.ts"

/** Integer value, or a phrase that says what would have been right. */
export function parameterValue(value: unknown, unit: string): bigint | string {
  if (typeof value === "object" && value !== null && "atn" in value) {
    if (unit !== "wei") return `an integer: this parameter is measured in ${unit}, not in ATN`
    const atn = value.atn
    if (typeof atn !== "number" && typeof atn !== "string") return "an amount of ATN such as 12.5"
    const wei = atnToWei(atn)
    return typeof wei === "bigint" ? wei : `an amount of ATN with at most 18 decimals (it is ${wei})`
  }
  if (typeof value !== "number" && typeof value !== "string") return "an integer"
  const decimal = parseDecimal(String(value))
  if (decimal === undefined || decimal.scale > 0) {
    return unit === "wei" ? "an integer of wei, or { atn: n } for an amount of ATN" : "an integer"
  }
  return decimal.units
}
