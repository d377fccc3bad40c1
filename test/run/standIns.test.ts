/** The weaker invariants of sets that do not show their ledgers report a plain set that pays and books nothing. */
import { createHash } from "node:crypto"
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import type { ContractSet } from "../../chain/contractSet/contractSet.ts"
import { loadContractSet } from "../../chain/contractSet/loadContractSet.ts"
import { inputsHash, packagePlain, plainFolder } from "../../scripts/plainPackages.ts"
import { testCacheDirectory } from "../compiledContracts.ts"
import { playScenario } from "./playScenario.ts"

const layout = "hardhat/"

const load = (source: string): Promise<ContractSet> =>
  loadContractSet({ source, rulesOff: [] }, { cacheDirectory: undefined })

/** The plain set without one line of one of its sources; compiled once, as Project takes its time. */
const plainSetWithout = async (file: string, line: string): Promise<ContractSet> => {
  const parts = readFileSync(join(plainFolder, "contracts", file), "utf8").split(line)
  if (parts.length !== 2) throw new Error(`${file} holds ${parts.length - 1} times: ${line}`)
  const key = createHash("sha256").update(`${inputsHash()}/${file}/${line}`).digest("hex")
  const kept = join(testCacheDirectory, `plain-${key}`)
  if (existsSync(kept)) return load(kept)
  const folder = mkdtempSync(join(testCacheDirectory, "plain-"))
  cpSync(join(plainFolder, layout), folder, { recursive: true })
  for (const [path, artifact] of packagePlain({ instead: { [file]: parts.join("") } })) {
    if (path.startsWith(layout)) writeFileSync(join(folder, path.slice(layout.length)), artifact)
  }
  renameSync(folder, kept)
  return load(kept)
}

/** Nobody cheats, so nobody is slashed: what the plain set does with slashes is another invariant's matter. */
const honest = ["rounds=1", "population[2].count=0", "population[4].count=0"]
const trials = {
  "budgets-backed": {
    file: "Project.sol",
    line: "        project.taskRewardBudgetATN -= amount;\n",
    set: [...honest, "parameters={}"],
    message: /^the project contract holds \d+ wei, its projects' task budgets sum to \d+$/,
  },
  "jackpot-pool-backed": {
    file: "ForcedErrorRegistry.sol",
    line: "        jackpotPool -= award;\n",
    set: [...honest, 'parameters={"ForcedErrorRegistry.forcedErrorProbability": 1000}'],
    message: /^the registry holds \d+ wei, the jackpot pool is \d+$/,
  },
}

/** Project takes half a minute to compile. */
const affordable = (file: string): boolean =>
  process.env["EVERY_MUTANT"] !== undefined || file !== "Project.sol"

describe.each(Object.entries(trials))("%s", (name, { file, line, set, message }) => {
  it.runIf(affordable(file))(
    `is broken where ${file} does not book what it pays`,
    async () => {
      const { violations } = await playScenario({ contractSet: await plainSetWithout(file, line), set })
      expect(new Set(violations.map(({ invariant }) => invariant))).toEqual(new Set([name]))
      expect(violations[0]?.message).toMatch(message)
    },
    120_000,
  )

  it("holds on the plain set as it is", async () => {
    const contractSet = await load(join(plainFolder, layout))
    expect((await playScenario({ contractSet, set })).violations).toEqual([])
  })
})
