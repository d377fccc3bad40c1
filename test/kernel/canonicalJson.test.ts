import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { canonicalJson, NotCanonical } from "../../sim/kernel/canonicalJson.ts"

describe("canonical JSON", () => {
  test("sorts keys by code units, spells out bigints and bytes, and leaves undefined properties out", () => {
    const value = {
      b: 10n,
      a: new Uint8Array([0, 255]),
      Z: [1.5, null, true],
      é: "ü",
      gone: undefined,
      2: -0,
    }
    expect(canonicalJson(value)).toBe('{"2":0,"Z":[1.5,null,true],"a":"0x00ff","b":"10","é":"ü"}')
  })

  test("does not depend on the order in which properties were added", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).toReversed())
        expect(canonicalJson(reversed)).toBe(canonicalJson(value))
      }),
    )
  })

  test("is JSON that means the same", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const meaning: unknown = JSON.parse(canonicalJson(value))
        expect(meaning).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })

  test.each([
    ["$.a[1]", { a: [1, Number.NaN] }, "NaN"],
    ["$.a", { a: Infinity }, "Infinity"],
    ["$[0]", [undefined], "undefined"],
    ["$.f", { f: () => 1 }, "a function"],
    ["$.m", { m: new Map() }, "an instance of Map"],
    ["$.d", { d: new Date(0) }, "an instance of Date"],
    ["$.s", { s: Symbol("x") }, "a symbol"],
  ])("refuses what has no single encoding, and says where: %s", (path, value, found) => {
    expect(() => canonicalJson(value)).toThrow(
      new RegExp(`${path.replaceAll(/[$.[\]]/g, "\\$&")} is ${found}`),
    )
  })

  test("refuses a cycle", () => {
    const cycle: Record<string, unknown> = {}
    cycle["self"] = cycle
    expect(() => canonicalJson(cycle)).toThrow(NotCanonical)
  })
})
