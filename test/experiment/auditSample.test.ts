import * as fc from "fast-check"
import { expect, test } from "vitest"
import { auditSample } from "../../sim/experiment/auditSample.ts"

const runs = fc.uniqueArray(fc.nat(1000), { maxLength: 60 })
const share = fc.double({ min: 0, max: 1, noNaN: true })
const seed = fc.string({ maxLength: 8 })

test("a sample is as large as its share says, never empty unless the share is 0, and in the order of the runs", () => {
  fc.assert(
    fc.property(runs, share, seed, (all, part, from) => {
      const sample = auditSample(all, part, from)
      const size = Math.ceil(Number((part * all.length).toFixed(9)))
      expect(sample).toHaveLength(size)
      expect(all.filter((run) => sample.includes(run))).toEqual(sample)
    }),
  )
  expect(auditSample([1, 2, 3], 0.0001, "s")).toHaveLength(1)
  expect(auditSample([1, 2, 3], 0, "s")).toEqual([])
  expect(auditSample(Array.from({ length: 100 }), 0.07, "s")).toHaveLength(7)
})

test("a larger share takes in the smaller one's sample", () => {
  fc.assert(
    fc.property(runs, share, share, seed, (all, a, b, from) => {
      const [small, large] = [Math.min(a, b), Math.max(a, b)].map((part) => auditSample(all, part, from))
      expect(large).toEqual(expect.arrayContaining([...small!]))
    }),
  )
})

test("a sample follows from its seed, and every run may be in it", () => {
  const all = [1, 2, 3, 4, 5, 6]
  expect(auditSample(all, 0.5, "a")).toEqual(auditSample(all, 0.5, "a"))
  const seen = new Set(Array.from({ length: 100 }, (_, index) => auditSample(all, 0.1, `${index}`)[0]))
  expect([...seen].sort()).toEqual(all)
})

test.each([-0.1, 1.1, Number.NaN])("%d is no share", (wrong) => {
  expect(() => auditSample([1], wrong, "s")).toThrow(/auditShare: expected 0 to 1/)
})
