import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { parseCommandLine } from "../../sim/cli/commandLine.ts"
import { runTrialFiles } from "../../sim/cli/runTrialFiles.ts"
import { offText } from "../../sim/cli/printTrials.ts"
import { trialExitCode, type TrialsDocument, type VerdictDocument } from "../../sim/cli/trialDocument.ts"
import { trialsFrom } from "../../sim/cli/trialFiles.ts"
import { exampleRegistries } from "../scenario/exampleRegistries.ts"
import { folderOf, trialText } from "../trial/trialFile.ts"
import { onWorld } from "./autonetSim.ts"

const trial = (folder: string, ...args: readonly string[]) =>
  onWorld("attacked", ["trial", folder, "--workers", "1", "--no-cache", ...args], folder)

describe("autonet-sim trial", () => {
  test("prints a table that says what was withstood, and keeps it with the commands that replay it", async () => {
    const success = (bound: number) => `totalProfit(attacker) > ${bound}`
    const folder = folderOf(
      trialText(),
      trialText({ name: "early", success: success(-20) }),
      trialText({ name: "late", success: success(50) }),
    )
    const { code, stdout, stderr } = await trial(folder).ended
    expect(code).toBe(1)
    expect(stdout).toMatch(/^attack +role +capital +rule off +rule on +replicates +worst seed$/m)
    expect(stdout).toMatch(/^Weight early +solver +100 +succeeds +NOT WITHSTOOD +16 \+ 16 +\d+$/m)
    expect(stdout).toMatch(/^Weight late +solver +100 +ATTACK NOT SHOWN +costs the attacker /m)
    expect(stdout).toMatch(
      /^Weight poisoning +solver +100 +succeeds +costs the attacker [78]\.\d+ \[.*\] ATN +16 \+ 16/m,
    )
    expect(stdout).toContain(
      "3 attacks: withstood 0, cost the attacker 1, not withstood 1, undecided 0, not shown 1",
    )
    expect(stdout).toContain("Not searched, options as in the file: early, late and poisoning.")
    expect(stderr).toContain("3/3 ")
    const document = JSON.parse(
      readFileSync(join(folder, "out/trials/trials.json"), "utf8"),
    ) as TrialsDocument
    expect(document.trials[2]!.off.worst!.command).toMatch(
      /run \S+poisoning\.yaml --seed \d+ --replicates 1 --rule-off double-payout$/,
    )
    const markdown = readFileSync(join(folder, "out/trials/trials.md"), "utf8")
    expect(markdown).toContain("| Weight early | solver | 100 |")
    expect(markdown).toMatch(/\(effect [−\d.]+ \[[−\d.]+, [−\d.]+\], p = 0\.0002\)/)
    expect(document.trials[2]!.off.effectLower).toBeLessThan(document.trials[2]!.off.effect!)
    expect(stdout).toMatch(/play worst replicates again: out\/trials\/trials\.md, trials\.json\n$/)
  })

  test("says in the row why an attack has no result, and keeps its head where only some runs have none", () => {
    const message =
      "agent solver-1 failed at 12 s of virtual time: TypeError: it is not there (/my/file.ts:7)"
    const verdict = { verdict: "succeeds", failures: [{ seed: 1, message }], replicates: 1 }
    expect(offText(verdict as unknown as VerdictDocument)).toBe("NO RESULT: TypeError: it is not there")
    expect(offText({ ...verdict, replicates: 2 } as unknown as VerdictDocument)).toBe("succeeds")
  })

  test("ends with 130 when it is interrupted", async () => {
    const started = trial(folderOf(trialText()))
    await started.shown("preparing 2 sets of contracts")
    started.kill("SIGINT")
    expect(await started.ended).toMatchObject({ code: 130, stdout: "" })
  })

  test("keeps the verdicts that there are when it is interrupted, no surer than among all trials", async () => {
    const folder = folderOf(
      trialText({ name: "early" }),
      trialText({ name: "late" }),
      // Its profit without the rule: no number of replicates tells.
      trialText({ name: "open", success: "totalProfit(attacker) > 4", margin: "0.001" }),
    )
    const started = trial(folder, "--replicates", "100000")
    await started.shown("2/3 ")
    started.kill("SIGINT")
    const { code, stdout, stderr } = await started.ended
    expect(code).toBe(130)
    expect(stderr).toMatch(/interrupted; 2 of 3 trials judged\n$/)
    expect(stdout).toContain("Interrupted: 2 of 3 trials judged, as surely as among all of them.")
    const document = JSON.parse(
      readFileSync(join(folder, "out/trials/trials.json"), "utf8"),
    ) as TrialsDocument
    expect(document.trials.map(({ name }) => name)).toEqual(["early", "late"])
  })

  test("exits 4 where runs failed, 1 where an attack was not shown, 3 where a verdict is open, else 0", () => {
    const document = (failures: number, notShown: number, undecided: number) =>
      ({
        trials: [{ off: { failures: [] }, on: { failures: Array.from({ length: failures }) } }],
        summary: { "attack not shown": notShown, undecided, "not withstood": 1 },
      }) as unknown as TrialsDocument
    expect(
      [document(1, 1, 1), document(0, 1, 1), document(0, 0, 1), document(0, 0, 0)].map(trialExitCode),
    ).toEqual([4, 1, 3, 0])
  })

  test("takes every --only: trials that fit any of them, by name or by attack", async () => {
    const folder = folderOf(...["early", "late", "lost"].map((name) => trialText({ name })))
    const chosen = async (...only: readonly string[]) => {
      const command = parseCommandLine(["trial", folder, ...only.flatMap((each) => ["--only", each])])
      if (command.command !== "trial") throw new Error(command.command)
      const trials = await trialsFrom(command.files, command.only, exampleRegistries)
      return trials.map(({ name }) => name)
    }
    expect(await chosen()).toEqual(["early", "late", "lost"])
    expect(await chosen("lost", "ear")).toEqual(["early", "lost"])
    expect(await chosen("late", "Weight lost")).toEqual(["late", "lost"])
    await expect(chosen("late", "nobody")).rejects.toThrow('found "nobody"')
    expect(() => parseCommandLine(["trial", "--only"])).toThrow(
      "--only: expected a part of the name of a trial, or with --canary of a rule, found nothing",
    )
  })

  test("refuses scenarios that are no trials, and seeds on which options are chosen", async () => {
    const plain = folderOf(trialText().replace(/trial:[^]*/, ""))
    await expect(trialsFrom([plain], [], exampleRegistries)).rejects.toThrow(
      "expected a trial, found a scenario",
    )
    await expect(trialsFrom([folderOf(trialText())], ["nobody"], exampleRegistries)).rejects.toThrow(
      "a part of the name of a trial",
    )
    const command = parseCommandLine(["trial", plain, "--seed", "900003"])
    const world = {
      registries: exampleRegistries,
      engines: { names: [], default: "", judge: "" },
      runModule: "",
    }
    expect(command.command).toBe("trial")
    if (command.command === "trial")
      await expect(runTrialFiles(command, world)).rejects.toThrow("fresh seeds")
  })
})
