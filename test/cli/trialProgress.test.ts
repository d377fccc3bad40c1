import { describe, expect, it } from "vitest"
import { showTrialProgress } from "../../sim/cli/trialProgress.ts"

/** Lines for eight trials, each of which takes so many runs of a second. */
const linesFor = (runs: readonly number[]): string[] => {
  const lines: string[] = []
  let now = 0
  const screen = { isTTY: false, columns: 80, write: (text: string) => lines.push(text) > 0 }
  const progress = showTrialProgress(
    screen,
    { count: runs.length, what: "trial", runs: 16 * runs.length },
    () => now,
  )
  for (const [index, count] of runs.entries()) {
    progress.wanted(count)
    for (let run = 0; run < count; run++) {
      now += 1000
      progress.played()
    }
    progress.done(`trial-${index + 1}`)
  }
  return lines
}

describe("the progress of trials", () => {
  it("says nothing of time while the first few can't tell how many runs the rest will take", () => {
    const lines = linesFor([500, 16, 16, 16, 16, 16, 16, 16])
    expect(lines[0]).toBe("1/8 trial-1\n")
    expect(lines[1]).toMatch(/^2\/8 trial-2 {2}\d+ min.* left\n$/)
    expect(lines.at(-1)).toBe("8/8 trial-8\n")
  })

  it("reckons with as many runs for those that are left as those took that are done", () => {
    expect(linesFor(Array.from({ length: 8 }, () => 30))[3]).toBe("4/8 trial-4  2 min 0 s left\n")
  })
})
