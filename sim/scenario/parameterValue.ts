/**
 * The value of a contract parameter in a scenario file.
 *
 * Amounts of ATN name their unit (`50 ATN`, `1 wei`): a bare number could mean either, and the two are 10¹⁸ apart.
 * Other parameters may: `7 days`, `5 %`, `300 blocks`. A bare number counts in the unit that the registry states;
 * shares with 18 decimals are written as the fraction that they are.
 */
import { parameterText, type ParameterUnit } from "../results/parameterText.ts"
import { type Decimal, parseDecimal } from "./amount.ts"

/** What values a parameter takes, bounds included; an entry of the parameter registry is one. */
export interface ParameterRange {
  readonly unit: ParameterUnit
  /** In the unit on chain, like `max`. */
  readonly min: bigint
  readonly max: bigint
}

interface Spelling {
  /** What a bare number is multiplied with; absent where a number must name its unit. */
  readonly bare?: bigint
  /** What a number with this word behind it is multiplied with: a ratio. */
  readonly words: Readonly<Record<string, bigint>>
  /** With two examples. */
  readonly expected: string
}

const ONE = 10n ** 18n
const MINUTE = 60n
const HOUR = 3_600n
const DAY = 86_400n

const SPELLINGS: Readonly<Record<ParameterUnit, Spelling>> = {
  wei: { words: { ATN: ONE, wei: 1n }, expected: 'an amount with its unit, such as "50 ATN" or "1 wei"' },
  blocks: {
    bare: 1n,
    words: { block: 1n, blocks: 1n },
    expected: 'a whole number of blocks, such as 300 or "300 blocks"',
  },
  seconds: {
    bare: 1n,
    words: {
      s: 1n,
      second: 1n,
      seconds: 1n,
      min: MINUTE,
      minute: MINUTE,
      minutes: MINUTE,
      h: HOUR,
      hour: HOUR,
      hours: HOUR,
      day: DAY,
      days: DAY,
      week: 7n * DAY,
      weeks: 7n * DAY,
    },
    expected: 'a time in whole seconds, such as "7 days", "36 h" or 604800',
  },
  bps: {
    bare: 1n,
    words: { bps: 1n, "%": 100n },
    expected: 'a share in basis points, such as "5 %" or 500',
  },
  permille: {
    bare: 1n,
    words: { permille: 1n, "‰": 1n, "%": 10n },
    expected: 'a share in thousandths, such as "5 %" or 50',
  },
  count: { bare: 1n, words: {}, expected: "a whole number" },
  flag: { bare: 1n, words: {}, expected: "true or false" },
  fraction18: {
    bare: ONE,
    words: { "%": ONE / 100n },
    expected: 'a fraction with at most 18 decimals, such as 0.9 or "90 %"',
  },
}

const SWITCHES: Readonly<Record<string, bigint>> = { true: 1n, false: 0n, on: 1n, off: 0n }

const QUANTITY = /^\s*([+-]?[\d.]+(?:[eE][+-]?\d+)?)\s*([A-Za-z]+|%|‰)?\s*$/

/** The value in the unit on chain, or a phrase that says what would have been right. */
export function parameterValue(value: unknown, unit: ParameterUnit): bigint | string {
  const { bare, words, expected } = SPELLINGS[unit]
  if (unit === "flag" && Object.hasOwn(SWITCHES, String(value))) return SWITCHES[String(value)]!
  if (typeof value !== "number" && typeof value !== "string") return expected
  const [, digits = "", word] = QUANTITY.exec(String(value)) ?? []
  const decimal = parseDecimal(digits)
  if (decimal === undefined) return expected
  if (word === undefined && bare === undefined) return `a unit: "${digits} ATN" or "${digits} wei"`
  const factor = word === undefined ? bare : Object.hasOwn(words, word) ? words[word] : undefined
  if (factor === undefined) return unit === "blocks" ? `${expected}${inBlocks(decimal, word)}` : expected
  const divisor = 10n ** BigInt(decimal.scale)
  const units = decimal.units * factor
  return units % divisor === 0n ? units / divisor : expected
}

/** The default world's: others make blocks at another pace, so that a time is no number of blocks by itself. */
export const DEFAULT_BLOCK_SECONDS = 12n

/** What somebody who wrote a time has to write; nothing where it is none. */
function inBlocks({ units, scale }: Decimal, word: string | undefined): string {
  const { words } = SPELLINGS.seconds
  if (word === undefined || units < 0n || !Object.hasOwn(words, word)) return ""
  const [seconds, whole] = [units * words[word]!, DEFAULT_BLOCK_SECONDS * 10n ** BigInt(scale)]
  const below = seconds / whole
  const blocks =
    seconds % whole === 0n ? parameterText(below, "blocks") : `between ${below} and ${below + 1n} blocks`
  return `; contracts count blocks: at ${DEFAULT_BLOCK_SECONDS} s a block that time is ${blocks}`
}

/** `parameterValue` within bounds, inclusive; a phrase otherwise. */
export function parameterValueWithin(value: unknown, { unit, min, max }: ParameterRange): bigint | string {
  const parsed = parameterValue(value, unit)
  if (typeof parsed === "string" || (parsed >= min && parsed <= max)) return parsed
  return unit === "flag" ? SPELLINGS.flag.expected : `a value from ${rangeText({ unit, min, max })}`
}

/** `0 % to 100 %`. */
export function rangeText({ unit, min, max }: ParameterRange): string {
  return `${parameterText(min, unit)} to ${parameterText(max, unit)}`
}

type JsonSchema = Readonly<Record<string, unknown>>

/** What a JSON Schema can say of it: bounds of numbers, the form of text. */
export function parameterJsonSchema({ unit, min, max }: ParameterRange): JsonSchema {
  const { bare, words } = SPELLINGS[unit]
  if (unit === "flag") return { anyOf: [{ type: "boolean" }, { enum: [0, 1, "on", "off"] }] }
  const names = Object.keys(words)
  const number = String.raw`[+]?\d+(\.\d*)?([eE][+-]?\d+)?`
  const word = names.length === 0 ? "" : String.raw`(\s*(${names.join("|")}))${bare === undefined ? "" : "?"}`
  const text = { type: "string", pattern: String.raw`^\s*${number}${word}\s*$` }
  if (bare === undefined) return text
  const type = unit === "fraction18" ? "number" : "integer"
  const whole = (bound: bigint) => Number(bound) / Number(bare)
  return { anyOf: [{ type, minimum: whole(min), maximum: whole(max) }, text] }
}
