import { describe, expect, test } from "vitest"
import { runCommand } from "../../reports/page/runCommand.ts"
import type { ExperimentResult } from "../../sim/results/experimentResult.ts"

const resultOf = (command: string) =>
  ({
    command,
    manifest: {
      scenarioFile: "scenarios/first-run.yaml",
      set: ["rounds=2"],
      contracts: "./plain",
      rulesOff: [],
    },
  }) as unknown as ExperimentResult

describe("the command that makes one run again", () => {
  test.each([
    ["npm run sim -- run scenarios/first-run.yaml", "npm run sim -- run"],
    ["autonet-sim run first-run --replicates 9", "autonet-sim run"],
  ])("after %s starts with %s", (command, start) => {
    expect(runCommand(resultOf(command), 3)).toBe(
      `${start} scenarios/first-run.yaml --seed 3 --replicates 1 --contracts ./plain --set rounds=2`,
    )
  })
})
