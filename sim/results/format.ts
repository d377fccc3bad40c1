/**
 * How numbers are written for people: in the terminal and in reports alike.
 *
 * Nothing here asks the host for a locale: thousands are separated by commas, the decimal mark is a point,
 * and a negative number begins with a real minus sign (U+2212). The same result reads the same everywhere.
 */

const MINUS = "\u2212"

const separateThousands = (digits: string): string => digits.replace(/\B(?=(?:\d{3})+$)/g, ",")

/** `value` with exactly `decimals` digits after the point (0 to 20). */
export const formatDecimal = (value: number, decimals: number): string => {
  if (Number.isNaN(value)) return "undefined"
  if (!Number.isFinite(value)) return value < 0 ? `${MINUS}∞` : "∞"
  const magnitude = Math.abs(value)
  if (magnitude >= 1e21) return `${value < 0 ? MINUS : ""}${magnitude.toExponential(2)}`
  const [whole = "0", fraction] = magnitude.toFixed(decimals).split(".")
  const text = fraction === undefined ? separateThousands(whole) : `${separateThousands(whole)}.${fraction}`
  return value < 0 && /[1-9]/.test(text) ? MINUS + text : text
}

/** Digits after the point so that a value of this magnitude shows about four significant ones, six at most. */
export const sensibleDecimals = (magnitude: number): number => {
  const size = Math.abs(magnitude)
  if (!Number.isFinite(size) || size === 0 || size >= 1000) return 0
  if (size >= 100) return 1
  if (size >= 1) return 2
  if (size >= 0.01) return 4
  return 6
}

/** A number of no particular kind with sensible digits: `1,234`, `56.78`, `0.0123`. */
export const formatNumber = (value: number): string => formatDecimal(value, sensibleDecimals(value))

/** The same without zeros at the end: for numbers that somebody chose, such as `0.25` or `1.5`. */
export const formatChosen = (value: number): string => {
  const text = formatNumber(value)
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text
}

export const formatInteger = (value: number | bigint): string =>
  typeof value === "bigint"
    ? (value < 0n ? MINUS : "") + separateThousands((value < 0n ? -value : value).toString())
    : formatDecimal(value, 0)

/** An amount in ATN, without its unit: two decimals below a thousand, more where the amount is a small fraction. */
export const formatAtn = (atn: number): string => {
  const size = Math.abs(atn)
  if (size >= 1000 || size === 0) return formatDecimal(atn, 0)
  return formatDecimal(atn, size >= 0.1 ? 2 : 4)
}

/** A share between 0 and 1 as percent: `94.2 %`. */
export const formatPercent = (share: number, decimals = 1): string =>
  `${formatDecimal(share * 100, decimals)} %`

/** The sign is always written: `+3.2`, `−3.2`, `0.0`. */
export const formatSigned = (value: number, format: (value: number) => string = formatNumber): string => {
  const text = format(value)
  return value > 0 && /[1-9∞]/.test(text) ? `+${text}` : text
}

/** A mean with its interval; the ends are null where one observation allows none, the mean where there is none. */
export interface Estimated {
  readonly mean: number | null
  readonly lower: number | null
  readonly upper: number | null
}

/**
 * Digits after the point that an estimate deserves: two significant ones of the half-width of its interval, so that
 * noise isn't printed as if it were knowledge. Without an interval, sensible digits of the mean.
 */
export const estimateDecimals = ({ mean, lower, upper }: Estimated): number => {
  if (lower === null || upper === null || !(upper > lower)) return sensibleDecimals(mean ?? 0)
  return Math.min(4, Math.max(0, 1 - Math.floor(Math.log10((upper - lower) / 2))))
}

/** An estimate in two parts: its mean (`–` where there is none) and its interval (null where there is none). */
export interface EstimateText {
  readonly mean: string
  readonly interval: string | null
}

/** Both parts of an estimate with equal digits. An interval of no width, where all runs agree, is left out. */
export const estimateText = (estimate: Estimated, scale = 1): EstimateText => {
  const scaled = (value: number | null): number | null => (value === null ? null : value * scale)
  const [mean, lower, upper] = [scaled(estimate.mean), scaled(estimate.lower), scaled(estimate.upper)]
  if (mean === null) return { mean: "–", interval: null }
  if (lower === null || upper === null || lower === upper) {
    return { mean: formatDecimal(mean, Number.isInteger(mean) ? 0 : sensibleDecimals(mean)), interval: null }
  }
  const decimals = estimateDecimals({ mean, lower, upper })
  return { mean: formatDecimal(mean, decimals), interval: formatInterval(lower, upper, decimals) }
}

/** `12.34 [11.90, 12.78]`; the mean alone where there is no interval or one of no width. */
export const formatEstimate = (estimate: Estimated, scale = 1): string => {
  const { mean, interval } = estimateText(estimate, scale)
  return interval === null ? mean : `${mean} ${interval}`
}

/** `[11.90, 12.78]` with a stated number of decimals. */
export const formatInterval = (low: number, high: number, decimals: number): string =>
  `[${formatDecimal(low, decimals)}, ${formatDecimal(high, decimals)}]`

/** Virtual time in the largest unit that keeps it above one: `45 s`, `12.5 min`, `17.3 h`, `4.2 d`. */
export const formatDuration = (seconds: number): string => {
  const size = Math.abs(seconds)
  if (size < 60) return `${formatDecimal(seconds, Number.isInteger(seconds) ? 0 : 1)} s`
  if (size < 3600) return `${formatDecimal(seconds / 60, 1)} min`
  if (size < 4 * 86_400) return `${formatDecimal(seconds / 3600, 1)} h`
  return `${formatDecimal(seconds / 86_400, 1)} d`
}

/** `1 run`, `12 runs`; irregular plurals are given. */
export const formatCount = (count: number, singular: string, plural = `${singular}s`): string =>
  `${formatInteger(count)} ${count === 1 ? singular : plural}`
