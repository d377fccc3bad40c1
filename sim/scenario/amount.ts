/**
 * Amounts of ATN: decimal text or numbers outside, integer wei (10⁻¹⁸ ATN) inside.
 *
 * The conversion is exact. No float arithmetic touches money: a number is read by its shortest decimal form, which is
 * what was written as long as it has at most 15 significant digits; longer ones arrive as text (see `yamlDocument.ts`).
 */

/** Wei in one ATN. */
export const WEI_PER_ATN = 10n ** 18n

const DECIMALS = 18
const MAX_EXPONENT = 30
const DECIMAL = /^([+-]?)(\d{1,60})(?:\.(\d{0,60}))?(?:[eE]([+-]?\d{1,4}))?$/

/** A decimal number as an integer of `10^-scale` units: exact or not at all. */
export interface Decimal {
  readonly units: bigint
  readonly scale: number
}

/** Reads `12`, `-0.5`, `1e-7`; undefined for anything else, also for exponents beyond ±30. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = DECIMAL.exec(text.trim())
  if (match === null) return undefined
  const [, sign, whole = "", fraction = "", exponentText = "0"] = match
  const exponent = Number(exponentText)
  if (Math.abs(exponent) > MAX_EXPONENT) return undefined
  const digits = BigInt(whole + fraction)
  let units = sign === "-" ? -digits : digits
  let scale = fraction.length - exponent
  while (scale > 0 && units % 10n === 0n) {
    units /= 10n
    scale -= 1
  }
  if (scale < 0) {
    units *= 10n ** BigInt(-scale)
    scale = 0
  }
  return { units, scale }
}

export type AmountProblem = "not a decimal number" | "more than 18 decimals"

/** ATN to wei, exactly; says why where that can't be done. */
export function atnToWei(atn: number | string): bigint | AmountProblem {
  const decimal = parseDecimal(String(atn))
  if (decimal === undefined) return "not a decimal number"
  if (decimal.scale > DECIMALS) return "more than 18 decimals"
  return decimal.units * 10n ** BigInt(DECIMALS - decimal.scale)
}

/** `atnToWei` for amounts that a schema has already checked. Throws a `RangeError` on others. */
export function atnToWeiUnsafe(atn: number | string): bigint {
  const wei = atnToWei(atn)
  if (typeof wei === "string") throw new RangeError(`not an amount of ATN: ${JSON.stringify(atn)}: ${wei}`)
  return wei
}
