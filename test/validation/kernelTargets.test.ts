import { describe, expect, test } from "vitest"
import { exactRow, statisticalRow, type ValidationTarget } from "./target.ts"
import { v16 } from "./v16-queue.ts"
import { v17 } from "./v17-replicator.ts"

const failures = async (target: ValidationTarget): Promise<readonly unknown[]> =>
  (await target.rows("quick")).filter((row) => !row.pass)

describe("validation targets", () => {
  test("V16: the kernel's M/M/1 queue has the textbook's mean, and Little's law holds", async () => {
    expect(await failures(v16)).toEqual([])
  })

  test("V17: hawks and doves settle at a hawk share of 0.8", async () => {
    expect(await failures(v17)).toEqual([])
  })
})

describe("a row of a validation", () => {
  test("that is exact passes within its tolerance alone", () => {
    expect(exactRow({ label: "x", expected: 1, simulated: 1.5, tolerance: 0.5 }).pass).toBe(true)
    expect(exactRow({ label: "x", expected: 1, simulated: 1.6, tolerance: 0.5 }).pass).toBe(false)
    expect(exactRow({ label: "x", expected: 1, simulated: Number.NaN, tolerance: 0.5 }).pass).toBe(false)
  })

  test("that is statistical passes if its interval covers the expected value and is narrow enough", () => {
    const replicates = [0.9, 1.1, 1, 0.95, 1.05]
    const judge = (expected: number, tolerance: number): boolean =>
      statisticalRow({ label: "x", expected, replicates, tolerance }).pass
    // Student's 0.995 quantile for 4 degrees of freedom is 4.604; the standard error is 0.0354.
    expect(statisticalRow({ label: "x", expected: 1, replicates, tolerance: 1 }).interval?.[1]).toBeCloseTo(
      1.1628,
      4,
    )
    expect(judge(1, 0.4)).toBe(true)
    expect(judge(1, 0.3)).toBe(false)
    expect(judge(1.2, 0.4)).toBe(false)
    expect(statisticalRow({ label: "x", expected: 1, replicates: [1], tolerance: 1 }).pass).toBe(false)
  })
})
