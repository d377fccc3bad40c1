import { describe, expect, test } from "vitest"
import { experimentOf, temporaryFolder } from "./experimentOf.ts"
import { join } from "node:path"

const UNTIL = "replicates={atLeast: 4, atMost: 16}"

describe("replicates until every expectation is decided", () => {
  test("stop at the first look that tells, whatever the number of workers and interruptions", async () => {
    const decided = await experimentOf("sound", { set: [UNTIL] })
    const runs = decided.result?.settings.map(({ runs }) => runs.length)
    expect(decided.result?.verdict).toBe("holds")
    expect([8, 16]).toContain(runs?.[0])
    expect(runs?.[1]).toBe(runs?.[0])
    const folder = join(temporaryFolder(), "out")
    const several = await experimentOf("sound", { folder, workers: 2, set: [UNTIL] })
    expect(several.result).toEqual(decided.result)
    const resumed = await experimentOf("sound", { folder, resume: true, set: [UNTIL] })
    expect(resumed.result).toEqual(decided.result)
  })

  test("reach their cap where something stays undecided, and say so", async () => {
    const all = await experimentOf("sound", { set: ["replicates=16"] })
    const mean = all.result?.settings[0]?.strategies[1]?.profitAtn.mean
    const statement = `expectations[0]=profit(coordinator/lazy) > ${mean}`
    const { result } = await experimentOf("sound", { set: [UNTIL, statement] })
    expect(result?.settings[0]?.runs).toHaveLength(16)
    expect(result?.verdict).toBe("undecided")
  })

  test("end with no effect where it is smaller than the margin that the statement names", async () => {
    const statement =
      "expectations[0]=profit(coordinator/honest) > profit(coordinator/lazy) at 95% margin 1000000 ATN"
    const { result } = await experimentOf("sound", { set: [UNTIL, statement] })
    expect(result?.expectations[0]?.verdict).toBe("negligible")
    expect(result?.verdict).toBe("negligible")
  })
})
