/** Whole runs, traces and gas included, are the same on every engine. */
import { fileURLToPath } from "node:url"
import { expect, test } from "vitest"
import { engineNames, judgeEngine } from "../../chain/engine/engines.ts"
import { loadContractSet } from "../../chain/contractSet/loadContractSet.ts"
import { testCacheDirectory as cacheDirectory } from "../compiledContracts.ts"
import { playScenario, type PlayOptions } from "./playScenario.ts"

const plain = fileURLToPath(new URL("../../chain/plain/hardhat", import.meta.url))

const others = engineNames.filter((name) => name !== judgeEngine)

const recorded = async (options: PlayOptions) => {
  const trace: string[] = []
  const result = await playScenario({ ...options, onTrace: (line) => void trace.push(line) })
  return { result, trace }
}

/** The first event in which two traces part; a whole trace would fill the screen. */
const firstDifference = (a: readonly string[], b: readonly string[]) => {
  const at = a.findIndex((line, index) => line !== b[index])
  return at === -1 && a.length === b.length ? undefined : { at, here: a[at], there: b[at] }
}

const cases: readonly (readonly [string, () => Promise<PlayOptions>])[] = [
  ["on the built-in contracts", async () => ({})],
  ["on them with another seed and one round more", async () => ({ seed: 5, set: ["rounds=3"] })],
  [
    "on the plain set",
    async () => ({
      contractSet: await loadContractSet({ source: plain, rulesOff: [] }, { cacheDirectory }),
      set: ["parameters={}"],
    }),
  ],
]

test("there is an engine to be judged", () => {
  expect(others).not.toEqual([])
})

test.each(cases)("a run %s", async (_what, optionsOf) => {
  const options = await optionsOf()
  const judged = await recorded({ ...options, engine: judgeEngine })
  expect(judged.trace.length).toBeGreaterThan(100)
  for (const engine of others) {
    const played = await recorded({ ...options, engine })
    expect(firstDifference(played.trace, judged.trace)).toBeUndefined()
    expect(played.result).toEqual(judged.result)
  }
})
