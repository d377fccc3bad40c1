import { execFile } from "node:child_process"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"
import { describe, expect, test } from "vitest"
import { autonetSim, studyFolder } from "../cli/autonetSim.ts"

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/tfjsNode/${name}`, import.meta.url))

/** What the script prints, with the stand-in installed; rejects if it fails. */
const trainOnBoth = async (env: NodeJS.ProcessEnv = {}) => {
  const args = ["--import", fixture("installStandIn.js"), fixture("trainOnBoth.ts")]
  const { stdout } = await promisify(execFile)(process.execPath, args, { env: { ...process.env, ...env } })
  return JSON.parse(stdout) as Record<string, unknown>
}

describe("the native backend", () => {
  test("trains and evaluates every kind of model, says what it is, and can take turns with WebAssembly", async () => {
    const result = await trainOnBoth()
    expect(result).toMatchObject({
      report: { backend: "tfjs-node", version: "4.22.0", library: "unknown" },
      described: "tfjs-node 4.22.0, TensorFlow unknown: native, not reproducible to the bit elsewhere",
      ran: ["tensorflow", "wasm", "tensorflow"],
      repeated: 0,
      keysDiffer: true,
    })
    // Other sums, other roundings: near, and not the same.
    expect(result["apart"]).toBeGreaterThan(0)
    expect(result["apart"]).toBeLessThan(1e-5)
    expect(result["lossesApart"]).toBeLessThan(1e-4)
  })

  test.each([
    ["binary", "is installed, but its binary can't be loaded (The Node.js native addon module"],
    ["otherwise", "could not be loaded: no such luck"],
    ["silently", "was loaded, but tfjs could not initialise its backend"],
  ])("that fails (%s) says how", async (how, message) => {
    await expect(trainOnBoth({ STAND_IN_FAILS: how })).rejects.toThrow(message)
  })

  test("is refused with exit code 2 where the package is not installed", async () => {
    const folder = studyFolder()
    const args = ["run", "small.yaml", "--ml-backend", "tfjs-node", "--replicates", "1", "--workers", "1"]
    const { code, stderr } = await autonetSim(args, folder).ended
    expect(stderr).toContain(
      "the learning backend tfjs-node is unavailable: the package @tensorflow/tfjs-node is not installed",
    )
    expect(code).toBe(2)
  })

  test("of a name that there is not is refused", async () => {
    const { code, stderr } = await autonetSim(["run", "small.yaml", "--ml-backend", "cuda"], studyFolder())
      .ended
    expect(stderr).toContain("learning.backend: expected one of wasm, tfjs-node")
    expect(code).toBe(2)
  })
})
