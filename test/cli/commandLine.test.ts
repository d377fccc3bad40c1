import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { setTimeout } from "node:timers/promises"
import { describe, expect, test } from "vitest"
import { parseCommandLine } from "../../sim/cli/commandLine.ts"
import { autonetSim, studyFolder } from "./autonetSim.ts"

describe("autonet-sim", () => {
  test("explains itself: commands, a way to start, exit codes", async () => {
    const { code, stdout } = await autonetSim(["--help"]).ended
    expect(code).toBe(0)
    for (const word of ["run FILE", "init DIR", "schema", "first-run", "undecided", "130"])
      expect(stdout).toContain(word)
  })

  test("runs on the Node that it is pinned to, whatever Node started it", async () => {
    const { code, stdout } = await autonetSim(["--version"]).ended
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^autonet-sim \d+\.\d+\.\d+ \(node v24\./)])
  })

  test.each([
    [["rnu"], "did you mean run?"],
    [["run", "x.yaml", "--sed", "3"], "did you mean --seed?"],
    [["run", "first-rum"], "did you mean first-run?"],
    [["run", "pooldrain"], "(did you mean pool-drain?); autonet-sim scenarios lists the names"],
    [["trial", "pooldrain"], "(did you mean pool-drain?); autonet-sim scenarios lists the names"],
    [["init", "/proc/x"], "/proc/x can't be made: no folders can be made there"],
    [["init", "--strategy", "/dev/null/x"], "/dev/null/x can't be made: a part of its path is a file"],
    [["trial", "--only", "pool-drain", "--out", "/proc/x/y"], "/proc/x/y can't be made"],
    [["run", "first-run", "--out", "/proc/x"], "/proc/x can't be made: no folders can be made there"],
    [["run", "small.yml"], "did you mean small.yaml?"],
    [["run", "."], "found a directory; in it: small.yaml"],
    [
      ["run", "small.yaml", "--set", "population[0].count=-1"],
      "--set population[0].count=-1: population[0].count",
    ],
    [["run", "first-run", "--engine", "ethereumsj"], 'found "ethereumsj" (did you mean ethereumjs?)'],
    [
      ["run", "first-run", "--engine", "ethereumjs", "--audit-share", "1"],
      "is the engine that judges; to play its runs twice, use --check",
    ],
    [["run", "--resume", "nowhere"], "expected the folder of an experiment, found nothing"],
  ])("answers bad input %j with exit code 2 and what would be right", async (args, message) => {
    const { code, stdout, stderr } = await autonetSim(args, studyFolder()).ended
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" })
    expect(stderr).toContain(message)
    expect(stderr).not.toContain("internal error")
  })

  test.each([
    [["run"], "expected a scenario file"],
    [["run", "a.yaml", "b.yaml"], "run takes one scenario file"],
    [["run", "x.yaml", "--seed", "three"], "--seed: expected a whole number"],
    [
      ["run", "x.yaml", "--seed", "-1"],
      '--seed: expected a whole number from 0 to 140737488355328, found "-1"',
    ],
    [["run", "x.yaml", "--replicates", "100001"], "--replicates: expected a whole number from 1 to 100000"],
    [["run", "x.yaml", "--workers", "0"], "--workers: expected a whole number from 1"],
    [["run", "x.yaml", "--watchdog", "0"], "--watchdog: expected seconds above 0 and below"],
    [["run", "x.yaml", "--check=no"], "--check"],
    [
      ["run", "x.yaml", "--audit-share", "2"],
      '--audit-share: expected a share from 0 to 1, such as 0.1, found "2"',
    ],
    [["run", "x.yaml", "--audit-share", "10%"], "--audit-share: expected a share"],
    [
      ["run", "x.yaml", "--audit-share", "-0.5"],
      '--audit-share: expected a share from 0 to 1, such as 0.1, found "-0.5"',
    ],
    [
      ["run", "x.yaml", "--audit-share"],
      "--audit-share: expected a share from 0 to 1, such as 0.1, found nothing",
    ],
    [["run", "x.yaml", "--audit-share", "--check"], "--audit-share: expected a share from 0 to 1"],
    [["run", "x.yaml", "-o"], "--out: expected a folder, found nothing"],
    [["run", "--resume", "a", "--out", "b"], "exclude each other"],
    [
      ["run", "x.yaml", "--rule-off", "a,b"],
      '--rule-off: expected one name, and the flag again for others (--rule-off a --rule-off b), found "a,b"',
    ],
    [["run", "x.yaml", "--rule-off", "a b"], "(--rule-off a --rule-off b)"],
    [["schema", "x"], "schema takes no arguments"],
    [["init"], "expected a folder"],
    [["--hepl"], "unknown option --hepl"],
  ])("refuses the arguments %j", (args, message) => {
    expect(() => parseCommandLine(args)).toThrow(message)
  })

  test("prints a JSON Schema that knows strategies and contract parameters", async () => {
    const { code, stdout } = await autonetSim(["schema"]).ended
    const schema = JSON.parse(stdout) as { properties: Record<string, { properties: object }> }
    expect([code, Object.keys(schema.properties)]).toEqual([
      0,
      expect.arrayContaining(["version", "population"]),
    ])
    expect(schema.properties["parameters"]?.properties).toHaveProperty(["ResultsRewards.panelSize"])
    expect(stdout).toContain("coordinator/lazy")
  })

  test("writes a commented scenario to start from, and overwrites nothing", async () => {
    const folder = studyFolder()
    const first = await autonetSim(["init", "study"], folder).ended
    expect([first.code, readdirSync(join(folder, "study")).toSorted()]).toEqual([
      0,
      ["scenario.schema.json", "scenario.yaml"],
    ])
    const text = readFileSync(join(folder, "study/scenario.yaml"), "utf8")
    expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/scenario\.schema\.json\n/)
    expect(text).toContain("version: 1\nname: my-scenario\n")
    const own = await autonetSim(["init", "--strategy", "own"], folder).ended
    expect([own.code, readdirSync(join(folder, "own")).toSorted()]).toEqual([
      0,
      ["README.md", "scenario.schema.json", "scenario.yaml", "strategy.ts", "tsconfig.json"],
    ])
    const second = await autonetSim(["init", "study"], folder).ended
    expect([second.code, second.stderr]).toEqual([2, expect.stringContaining("exists already")])
    expect(readFileSync(join(folder, "study/scenario.yaml"), "utf8")).toBe(text)
  })

  test("passes Ctrl-C on to the pinned Node and its exit code back", async () => {
    const folder = studyFolder()
    const started = autonetSim(["run", "first-run", "--out", "x"], folder)
    await setTimeout(1500)
    started.kill("SIGINT")
    expect((await started.ended).code).toBe(130)
    expect(existsSync(join(folder, "x/experiment.json"))).toBe(false)
  })

  test("leaves a folder alone that holds something else", async () => {
    const folder = studyFolder()
    mkdirSync(join(folder, "thesis"))
    writeFileSync(join(folder, "thesis/chapter.tex"), "…")
    const { code, stderr } = await autonetSim(["run", "first-run", "--out", "thesis"], folder).ended
    expect([code, stderr]).toEqual([2, expect.stringContaining("chapter.tex, which no experiment wrote")])
    expect(readdirSync(join(folder, "thesis"))).toEqual(["chapter.tex"])
  })
})
