import { describe, expect, test } from "vitest"
import {
  MutantOutdated,
  UnknownMutant,
  mutantNamed,
  mutantOverrides,
  mutants,
} from "../../chain/mutants/mutants.ts"

describe("the list of mutants", () => {
  test("names each once, in kebab-case, with a rule in a sentence", () => {
    const names = mutants.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    for (const { name, rule } of mutants) {
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      expect(rule).toMatch(/^[A-Z].*\.$/)
    }
    expect(names.length).toBeGreaterThanOrEqual(24)
  })

  test.each(mutants.map(({ name }) => name))("%s fits the contracts as they are", (name) => {
    const mutant = mutantNamed(name)
    const overrides = mutantOverrides([name])
    const files = new Set([mutant, ...(mutant.also ?? [])].map(({ file }) => file))
    expect(new Set(Object.keys(overrides))).toEqual(files)
    if (mutant.replace !== "") expect(overrides[mutant.file]).toContain(mutant.replace)
  })

  test("turns off several rules at once, also in one file, and nothing twice", () => {
    const overrides = mutantOverrides(["tie-slashes", "quorum-ignored", "tie-slashes"])
    expect(Object.keys(overrides)).toEqual(["ResultsSettlement.sol"])
    expect(overrides["ResultsSettlement.sol"]).toContain("bool decided = (")
    expect(overrides["ResultsSettlement.sol"]).not.toContain("rules.quorumBps * uint256")
  })

  test("refuses an unknown name and lists the known ones", () => {
    expect(() => mutantOverrides(["tie-slash"])).toThrow(UnknownMutant)
    expect(() => mutantOverrides(["tie-slash"])).toThrow(/"tie-slash".*tie-slashes/)
  })

  test("refuses two rules that are kept in the same line", () => {
    expect(() => mutantOverrides(["slash-beyond-stake", "slash-keeps-stake"])).toThrow(MutantOutdated)
    expect(() => mutantOverrides(["slash-beyond-stake", "slash-keeps-stake"])).toThrow(/holds 0 times/)
  })
})
