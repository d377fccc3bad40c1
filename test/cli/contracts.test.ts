import { existsSync } from "node:fs"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { fileURLToPath } from "node:url"
import { describe, expect, test } from "vitest"
import { parseCommandLine } from "../../sim/cli/commandLine.ts"
import { reproduceCommand } from "../../sim/cli/reproduce.ts"
import { autonetSim, studyFolder } from "./autonetSim.ts"

const plain = fileURLToPath(new URL("../../chain/plain/hardhat", import.meta.url))

describe("contracts on the command line", () => {
  test("are flags of run, and of the command that does it again", () => {
    expect(
      parseCommandLine(["run", "x", "--contracts", "d", "--rule-off", "a", "--rule-off", "b"]),
    ).toMatchObject({ contracts: "d", rulesOff: ["a", "b"] })
    const asked = { scenarioFile: "x.yaml", set: [], seed: null, replicates: null }
    expect(reproduceCommand({ ...asked, contracts: "my set", rulesOff: ["a"] }, {})).toMatch(
      / run x\.yaml --contracts 'my set' --rule-off a$/,
    )
  })

  test.each([
    [["--contracts", "./nowhere"], "--contracts ./nowhere: contracts: expected builtin, or a folder of"],
    [["--contracts", "."], "cannot be used"],
    [["--rule-off", "tie-slash"], "did you mean tie-slashes?"],
    [
      ["--contracts", plain, "--set", "parameters.ResultsRewards.panelSize=3"],
      "ResultsRewards.panelSize is to be 3, and the bytecode has no setter and no view for it",
    ],
  ])("that can't be used end with 2 and why: %j", async (args, message) => {
    const folder = studyFolder()
    const { code, stdout, stderr } = await autonetSim(["run", "first-run", ...args], folder).ended
    expect([code, stdout]).toEqual([2, ""])
    expect(stderr).toContain(message)
    expect(stderr).not.toContain("internal error")
    expect(existsSync(join(folder, "out"))).toBe(false)
  })
})

test("Ctrl-C is answered at once while contracts are compiled, and leaves nothing behind", async () => {
  const folder = studyFolder()
  const started = autonetSim(["run", "first-run"], folder, { XDG_CACHE_HOME: join(folder, "cache") })
  while (!existsSync(join(folder, "out/first-run/in-use.lock"))) await setTimeout(20)
  await setTimeout(1500)
  const pressed = performance.now()
  started.kill("SIGINT")
  const { code, stderr } = await started.ended
  expect([code, stderr]).toEqual([130, expect.stringContaining("interrupted before the first run")])
  expect(performance.now() - pressed).toBeLessThan(2000)
  expect(existsSync(join(folder, "out"))).toBe(false)
})
