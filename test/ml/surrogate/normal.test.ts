import tCdfReference from "@stdlib/stats-base-dists-t-quantile"
import fc from "fast-check"
import { describe, expect, it } from "vitest"
import { normalCdf, normalQuantile } from "../../../ml/surrogate/normal.ts"

/** Student's t with so many degrees of freedom is the normal distribution to 7 digits; with more the library loses the middle. */
const NORMAL = 1e8

describe("the normal distribution", () => {
  it("agrees with a library's quantiles", () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1 - 1e-6, noNaN: true }), (p) => {
        expect(normalCdf(tCdfReference(p, NORMAL))).toBeCloseTo(p, 6)
      }),
    )
  })

  it("is undone by its quantiles", () => {
    fc.assert(
      fc.property(fc.double({ min: -5, max: 5, noNaN: true }), (z) => {
        expect(normalQuantile(normalCdf(z))).toBeCloseTo(z, 6)
      }),
    )
  })
})
