import { join } from "node:path"
import { expect, test } from "vitest"
import { parseCommandLine } from "../../sim/cli/commandLine.ts"
import { onWorld, studyFolder } from "./autonetSim.ts"

const SHORT = [
  "--set",
  "comparisons=[]",
  "--set",
  "expectations=[]",
  "--workers",
  "1",
  "--watchdog",
  "1",
  "--quiet",
]

test("a run is played again and compared, one that hangs up to where it does", async () => {
  const folder = studyFolder()
  const run = await onWorld("hanging", ["run", "small.yaml", "--replicates", "2", ...SHORT], folder).ended
  expect(run.code).toBe(4)
  const replay = (...args: readonly string[]) => onWorld("hanging", ["replay", ...args], folder).ended
  const [sound, hung, unknown] = await Promise.all([
    replay("out/small"),
    replay(join("out/small/runs/base-2.json"), "--watchdog", "1"),
    replay("out/small", "--agent", "coordinator/hones"),
  ])
  expect([sound.code, sound.stdout]).toEqual([
    0,
    expect.stringMatching(/the run ended as the first time: digest \w{64}/),
  ])
  expect([hung.code, hung.stdout]).toEqual([
    4,
    expect.stringMatching(/the run failed: coordinator-1 hangs at \d+ s of virtual time/),
  ])
  expect([unknown.code, unknown.stderr]).toEqual([
    2,
    expect.stringContaining("found coordinator/hones (did you mean coordinator/honest?)"),
  ])
})

test("the command takes a run and a time with its unit", () => {
  expect(parseCommandLine(["replay", "out/x", "--until", "3 h", "--seed", "2"])).toMatchObject({
    command: "replay",
    run: "out/x",
    untilSeconds: 10_800,
    seed: 2,
    agent: undefined,
  })
  expect(() => parseCommandLine(["replay"])).toThrow("expected a run")
  expect(() => parseCommandLine(["replay", "x", "--until", "soon"])).toThrow("expected a time such as '3 h'")
})
