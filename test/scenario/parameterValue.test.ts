import fc from "fast-check"
import { describe, expect, test } from "vitest"
import { Ajv2020 } from "ajv/dist/2020.js"
import { contractParameters } from "../../sim/mechanisms/parameters.ts"
import { parameterText, parameterUnits, type ParameterUnit } from "../../sim/results/parameterText.ts"
import {
  parameterJsonSchema,
  parameterValue,
  parameterValueWithin,
} from "../../sim/scenario/parameterValue.ts"

const ONE = 10n ** 18n

describe("the value of a contract parameter", () => {
  test.each([
    ["wei", "50 ATN", 50n * ONE],
    ["wei", "0.000000000000000001 ATN", 1n],
    ["wei", "1 wei", 1n],
    ["wei", "1e3ATN", 1000n * ONE],
    ["seconds", "7 days", 604_800n],
    ["seconds", "1 week", 604_800n],
    ["seconds", "1.5 h", 5_400n],
    ["seconds", "2 min", 120n],
    ["seconds", 90, 90n],
    ["bps", "5 %", 500n],
    ["bps", "0.05 %", 5n],
    ["bps", 500, 500n],
    ["permille", "5 %", 50n],
    ["permille", "5 ‰", 5n],
    ["permille", 5, 5n],
    ["blocks", "300 blocks", 300n],
    ["blocks", 300, 300n],
    ["count", 3, 3n],
    ["flag", true, 1n],
    ["flag", "off", 0n],
    ["flag", 1, 1n],
    ["fraction18", 0.9, 9n * 10n ** 17n],
    ["fraction18", "90 %", 9n * 10n ** 17n],
    ["fraction18", 1, ONE],
  ] as const)("%s: %j", (unit, written, value) => {
    expect(parameterValue(written, unit)).toBe(value)
  })

  test.each([
    ["wei", 50, 'a unit: "50 ATN" or "50 wei"'],
    ["wei", "50", 'a unit: "50 ATN" or "50 wei"'],
    ["wei", 0, 'a unit: "0 ATN" or "0 wei"'],
    ["wei", "50 atn", 'an amount with its unit, such as "50 ATN" or "1 wei"'],
    ["wei", "1.5 wei", 'an amount with its unit, such as "50 ATN" or "1 wei"'],
    ["wei", "1,500 ATN", 'an amount with its unit, such as "50 ATN" or "1 wei"'],
    ["wei", { atn: 5 }, 'an amount with its unit, such as "50 ATN" or "1 wei"'],
    ["seconds", "7 dags", 'a time in whole seconds, such as "7 days", "36 h" or 604800'],
    ["seconds", "0.5 s", 'a time in whole seconds, such as "7 days", "36 h" or 604800'],
    ["bps", "0.001 %", 'a share in basis points, such as "5 %" or 500'],
    ["permille", "5 bps", 'a share in thousandths, such as "5 %" or 50'],
    ["blocks", 1.5, 'a whole number of blocks, such as 300 or "300 blocks"'],
    ["count", "3 blocks", "a whole number"],
    ["count", true, "a whole number"],
    ["flag", "yes", "true or false"],
    ["fraction18", "half", 'a fraction with at most 18 decimals, such as 0.9 or "90 %"'],
    ["count", null, "a whole number"],
    ["count", "constructor", "a whole number"],
    ["blocks", "3 constructor", 'a whole number of blocks, such as 300 or "300 blocks"'],
  ] as const)("%s: %j is refused with what would be right", (unit, written, phrase) => {
    expect(parameterValue(written, unit)).toBe(phrase)
  })

  test.each([
    ["1 h", "300 blocks"],
    ["12 s", "1 block"],
    ["1.5 min", "between 7 and 8 blocks"],
    ["100 s", "between 8 and 9 blocks"],
    ["0 s", "0 blocks"],
  ])("blocks: %j is a time, and refused with the blocks that it takes", (written, blocks) => {
    const expected = 'a whole number of blocks, such as 300 or "300 blocks"'
    expect(parameterValue(written, "blocks")).toBe(
      `${expected}; contracts count blocks: at 12 s a block that time is ${blocks}`,
    )
    for (const other of ["-1 h", "1 atn", "-"]) expect(parameterValue(other, "blocks")).toBe(expected)
  })

  const units = fc.constantFrom<ParameterUnit>(...parameterUnits)
  const values = fc.oneof(
    fc.bigInt({ min: 0n, max: 10n ** 30n }),
    fc.bigInt({ min: 0n, max: 1_000_000n }),
    fc.nat(400).map((days) => BigInt(days) * 86_400n),
  )

  test("is read back from the text that people are shown", () => {
    fc.assert(
      fc.property(units, values, (unit, value) => {
        const shown = unit === "flag" ? value % 2n : value
        expect(parameterValue(parameterText(shown, unit), unit)).toBe(shown)
      }),
    )
  })

  test.each([
    ["wei", 1n, "1 wei"],
    ["wei", ONE / 2n, "0.5 ATN"],
    ["wei", 10n ** 9n, "0.000000001 ATN"],
    ["wei", 0n, "0 ATN"],
    ["seconds", 604_800n, "7 days"],
    ["seconds", 86_400n, "1 day"],
    ["seconds", 5_400n, "90 min"],
    ["seconds", 7_200n, "2 h"],
    ["seconds", 61n, "61 s"],
    ["bps", 1_050n, "10.5 %"],
    ["permille", 5n, "0.5 %"],
    ["blocks", 1n, "1 block"],
    ["flag", 1n, "on"],
    ["fraction18", ONE / 2n, "0.5"],
  ] as const)("%s %d is shown as %s", (unit, value, text) => {
    expect(parameterText(value, unit)).toBe(text)
  })
})

describe("the bounds of a parameter", () => {
  test("are inclusive, and named in words that may be written", () => {
    const share = { unit: "bps", min: 100n, max: 10_000n } as const
    expect([100, 10_000].map((value) => parameterValueWithin(value, share))).toEqual([100n, 10_000n])
    for (const beyond of [99, 10_001, "-1 %"])
      expect(parameterValueWithin(beyond, share)).toBe("a value from 1 % to 100 %")
    expect(parameterValueWithin(2, { unit: "flag", min: 0n, max: 1n })).toBe("true or false")
  })

  test("are in the JSON Schema, which accepts and refuses numbers as the decoder does", () => {
    const ajv = new Ajv2020({ strict: false })
    for (const parameter of contractParameters) {
      const accepts = ajv.compile(parameterJsonSchema(parameter))
      const { unit, min, max } = parameter
      const shown = [min, max, parameter.default].map((value) => parameterText(value, unit))
      for (const text of unit === "count" || unit === "fraction18" ? shown.map(Number) : shown)
        expect([parameter.key, text, accepts(text)]).toEqual([parameter.key, text, true])
      if (unit === "wei") expect([accepts(5), accepts("5")]).toEqual([false, false])
      else expect([accepts(Number(max) + 1), accepts(-1)]).toEqual([false, false])
    }
  })
})
