import * as fc from "fast-check"
import { expect, test } from "vitest"
import { groundTruthPool } from "../../ml/evaluation/groundTruthPool.ts"

const sizes = fc.record({
  splitSize: fc.integer({ min: 1, max: 10_000 }),
  heldOutExamples: fc.integer({ min: 1, max: 10_000 }),
  evaluationExamples: fc.integer({ min: 1, max: 10_000 }),
})

test("ground truths are drawn from what truth is not measured by, wherever that is enough for one", () => {
  fc.assert(
    fc.property(sizes, (given) => {
      const { from, size } = groundTruthPool(given)
      const { splitSize, heldOutExamples, evaluationExamples } = given
      expect(from + size).toBe(splitSize)
      if (heldOutExamples + evaluationExamples <= splitSize) expect(from).toBe(heldOutExamples)
      else expect(from).toBe(0)
    }),
  )
})
