import { spawnSync } from "node:child_process"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { expect, test } from "vitest"

const player = join(import.meta.dirname, "playReplicates.ts")

const scenario = `version: 1
name: counting
title: One agent from outside, and nobody else.
seed: 1
rounds: 1
limitHours: 0.1
ml: surrogate
population: [{ strategy: ./strategy.ts }, { strategy: proposer/honest }, { strategy: solver/honest, count: 4 }]
`

/** Counts its runs where no look at the host finds it: on one of Effect's own functions. */
const strategy = `import { Effect, Schema } from "effect"
import { defineStrategy } from "autonet-sim"

export default defineStrategy({
  name: "outsider/counting",
  role: "outsider",
  description: "From outside.",
  optionsSchema: Schema.Struct({}),
  run: () => Effect.gen(function* () {
    const kept = Effect.gen as { runs?: number }
    kept.runs = (kept.runs ?? 0) + 1
    if (kept.runs > 1) throw new Error("the thread is not fresh")
    yield* Effect.sleep("1 minute")
  }),
})
`

test("a run with a strategy from a file gets a thread that has played nothing else", () => {
  const folder = mkdtempSync(join(tmpdir(), "autonet-sim-outside-"))
  writeFileSync(join(folder, "strategy.ts"), strategy)
  writeFileSync(join(folder, "scenario.yaml"), scenario)
  const { stdout, stderr } = spawnSync(process.execPath, [player, join(folder, "scenario.yaml")], {
    encoding: "utf8",
  })
  rmSync(folder, { recursive: true })
  expect(stderr).toBe("")
  expect(JSON.parse(stdout)).toEqual([1, 2].map(() => expect.stringMatching(/^[0-9a-f]{64}$/)))
})
