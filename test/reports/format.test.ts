import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import {
  estimateText,
  formatAtn,
  formatCount,
  formatDecimal,
  formatDuration,
  formatEstimate,
  formatInteger,
  formatPercent,
  formatSigned,
} from "../../sim/results/format.ts"

/** Reads a formatted number back. */
const parse = (text: string): number => Number(text.replaceAll(",", "").replace("\u2212", "-"))

describe("numbers for people", () => {
  test("read back as what was rounded", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -1e15, max: 1e15, noNaN: true }),
        fc.integer({ min: 0, max: 6 }),
        (value, decimals) => {
          expect(Math.abs(parse(formatDecimal(value, decimals)))).toBe(
            Math.abs(Number(value.toFixed(decimals))),
          )
        },
      ),
    )
  })

  test("separate thousands in groups of three and never by anything but a comma", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (value) => {
        const text = formatInteger(value)
        expect(text).toMatch(/^\u2212?\d{1,3}(,\d{3})*$/)
        expect(BigInt(text.replaceAll(",", "").replace("\u2212", "-"))).toBe(value)
      }),
    )
  })

  test("carry a real minus sign, and none on a zero", () => {
    expect(formatDecimal(-1234.5, 1)).toBe("\u22121,234.5")
    expect(formatDecimal(-0.004, 2)).toBe("0.00")
    expect(formatDecimal(-0, 0)).toBe("0")
    expect(formatSigned(0.0001, (value) => formatDecimal(value, 2))).toBe("0.00")
    expect(formatSigned(2, (value) => formatDecimal(value, 1))).toBe("+2.0")
  })

  test("say what is not a number", () => {
    expect(formatDecimal(Number.NaN, 2)).toBe("undefined")
    expect(formatDecimal(Number.NEGATIVE_INFINITY, 2)).toBe("\u2212∞")
  })

  test("give amounts and durations the digits that they deserve", () => {
    expect([0, 0.0123, 12.345, 123.456, 12345.6].map(formatAtn)).toEqual([
      "0",
      "0.0123",
      "12.35",
      "123.46",
      "12,346",
    ])
    expect([5, 90, 63_000, 864_000].map(formatDuration)).toEqual(["5 s", "1.5 min", "17.5 h", "10.0 d"])
    expect(formatPercent(0.9421)).toBe("94.2 %")
    expect([1, 2].map((count) => formatCount(count, "strategy", "strategies"))).toEqual([
      "1 strategy",
      "2 strategies",
    ])
  })
})

describe("an estimate", () => {
  test("shows two significant digits of its half-width", () => {
    expect(formatEstimate({ mean: 12.3456, lower: 11.9, upper: 12.8 })).toBe("12.35 [11.90, 12.80]")
    expect(formatEstimate({ mean: 1234.5678, lower: 1100, upper: 1300 })).toBe("1,235 [1,100, 1,300]")
  })

  test("stands alone where there is no interval, or all runs agree", () => {
    expect(formatEstimate({ mean: 12.3456, lower: null, upper: null })).toBe("12.35")
    expect(formatEstimate({ mean: 40, lower: 40, upper: 40 })).toBe("40")
    expect(formatEstimate({ mean: null, lower: null, upper: null })).toBe("–")
  })

  test("keeps the order of lower bound, mean and upper bound after rounding", () => {
    fc.assert(
      fc.property(
        fc.tuple(
          fc.double({ min: -1e6, max: 1e6, noNaN: true }),
          fc.double({ min: 1e-5, max: 1e5, noNaN: true }),
        ),
        ([mean, reach]) => {
          const text = estimateText({ mean, lower: mean - reach, upper: mean + reach })
          const [lower = Number.NaN, upper = Number.NaN] = (text.interval ?? "")
            .slice(1, -1)
            .split(", ")
            .map(parse)
          expect(lower).toBeLessThanOrEqual(parse(text.mean))
          expect(upper).toBeGreaterThanOrEqual(parse(text.mean))
        },
      ),
    )
  })
})
