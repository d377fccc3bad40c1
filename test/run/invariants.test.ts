import { describe, expect, it } from "vitest"
import { leakingProject } from "../fixtures/contracts/leakingProject.ts"
import { compiledContracts } from "../compiledContracts.ts"
import { playScenario } from "./playScenario.ts"

describe("the ledger invariant", () => {
  it("names the block in which a project pays out what it does not book", async () => {
    const artifacts = await compiledContracts(leakingProject())
    const { violations } = await playScenario({ artifacts })
    expect(violations.length).toBeGreaterThan(0)
    expect(violations[0]).toMatchObject({ invariant: "projects-backed" })
    expect(violations[0]?.message).toMatch(/holds \d+ wei, its ledgers sum to \d+/)
  })
})
