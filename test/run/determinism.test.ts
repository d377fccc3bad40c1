import { execFile } from "node:child_process"
import { join } from "node:path"
import { promisify } from "node:util"
import { beforeAll, describe, expect, it } from "vitest"
import type { RunResult } from "../../sim/results/runResult.ts"
import { readKept } from "../../scripts/digests/kept.ts"
import { playExperiment } from "./playExperiment.ts"
import { playScenario, smallScenario } from "./playScenario.ts"

const inAnotherProcess = async (env: Readonly<Record<string, string>>): Promise<string> => {
  const script = join(import.meta.dirname, "digestOfSmallRun.ts")
  const { stdout } = await promisify(execFile)(process.execPath, [script], {
    env: { ...process.env, ...env },
  })
  return stdout.trim()
}

describe("a run", () => {
  let first: RunResult
  beforeAll(async () => {
    first = await playScenario()
  })

  it("is the same twice in one process, to the last byte of its result", async () => {
    expect(await playScenario()).toEqual(first)
  })

  it("has the digest that is kept in the repository; if a change of it is meant: npm run digests -- --update", async () => {
    const small = (await readKept()).find(({ name }) => name === "small")
    expect(first.digest).toBe(small?.digests["base-1"])
  })

  it("has the same digest in another process with another time zone and locale", async () => {
    expect(await inAnotherProcess({ TZ: "Asia/Kathmandu", LANG: "tr_TR.UTF-8", LC_ALL: "tr_TR.UTF-8" })).toBe(
      first.digest,
    )
  })

  it("is the same on one worker thread and on two, whatever was played before on the same one", async () => {
    const [one, two] = [
      await playExperiment(smallScenario, [], 1),
      await playExperiment(smallScenario, [], 2),
    ]
    expect(two).toEqual(one)
    expect(one[0]?.digest).toBe(first.digest)
  })

  it("is another run with another seed", async () => {
    expect((await playScenario({ seed: 2 })).digest).not.toBe(first.digest)
  })

  it("has a digest that depends on a single parameter", async () => {
    const changed = await playScenario({ set: ["costs.verificationAtnPerEvaluation=1.000001"] })
    expect(changed.digest).not.toBe(first.digest)
  })
})
