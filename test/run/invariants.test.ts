import { zeroAddress } from "viem"
import { describe, expect, it, vi } from "vitest"
import { mutantNamed, mutants } from "../../chain/mutants/mutants.ts"
import { bindContracts } from "../../sim/agents/contracts.ts"
import { livenessOf } from "../../sim/mechanisms/invariants/liveness.ts"
import { invariantsOf } from "../../sim/world/invariants.ts"
import { playScenario } from "./playScenario.ts"

/** The strategies that ship, and one that only these runs need. */
vi.mock("../../sim/agents/registry.ts", async (original) => {
  const { strategies } = await original<typeof import("../../sim/agents/registry.ts")>()
  const { disputant } = await import("./disputant.ts")
  return { strategies: new Map([...strategies, [disputant.name, disputant]]) }
})

/** Changes of the small scenario in which the mutant's missing rule comes to bear. */
const trials: Readonly<Record<string, readonly string[]>> = {
  "unbalanced-transfer": [],
  "slash-keeps-stake": [],
  "unbooked-payout": [],
  "archived-reopens": [],
  "bond-beyond-one": [],
  // A pool too small for one jackpot.
  "unreserved-jackpot": ["money.jackpotPoolAtn=10"],
  // Who approves two bad solutions of one task loses all of its stake twice.
  "slash-beyond-stake": [
    "population[1].count=0",
    "population[2].count=2",
    'parameters={"ResultsRewards.panelSize": 3, "ResultsRewards.consensusSlashBps": 10000}',
  ],
  // Somebody disputes the first round, which the honest have no reason to.
  "deposit-kept": ["population[4].strategy=coordinator/disputant"],
  // The run ends within the commit window, when nobody has revealed anything.
  "no-deadline": ["limitHours=1"],
}

const set = (changes: readonly string[]): readonly string[] => ["rounds=2", ...changes]

/** As `--rule-off` does it. */
const withoutRule = (name: string): string => `contracts={"source": "builtin", "rulesOff": ["${name}"]}`

it("has a trial for every mutant that an invariant kills, and for every invariant a mutant", () => {
  const killed = mutants.filter(({ killedBy }) => "invariants" in killedBy)
  expect(Object.keys(trials).sort()).toEqual(killed.map(({ name }) => name).sort())
  const proven = killed.flatMap(({ killedBy }) => ("invariants" in killedBy ? killedBy.invariants : []))
  const at = { token: zeroAddress, projectToken: zeroAddress, staking: zeroAddress, project: zeroAddress }
  const others = {
    tasks: zeroAddress,
    results: zeroAddress,
    forcedErrors: zeroAddress,
    disputes: zeroAddress,
  }
  const contracts = bindContracts({ ...at, ...others }, [])
  const names = [...invariantsOf(contracts, new Map(), () => true), livenessOf(contracts)].map(
    ({ name }) => name,
  )
  expect([...new Set(proven)].sort()).toEqual(names.sort())
})

describe("an invariant reports the rule that is off, and nothing else does", () => {
  it.each(Object.entries(trials))("%s", async (name, changes) => {
    const { killedBy } = mutantNamed(name)
    const { violations } = await playScenario({ set: set([...changes, withoutRule(name)]) })
    const reported = new Set(violations.map(({ invariant }) => invariant))
    expect(reported).toEqual(new Set("invariants" in killedBy ? killedBy.invariants : []))
  })

  const settings = [...new Set(Object.values(trials).map((changes) => changes.join(" ")))]
  it.each(settings.map((title) => [title || "the small scenario", title] as const))(
    "nothing where all rules are on: %s",
    async (_, title) => {
      const changes = Object.values(trials).find((candidate) => candidate.join(" ") === title) ?? []
      expect((await playScenario({ set: set(changes) })).violations).toEqual([])
    },
  )
})

it("says which task hangs, where, and why", async () => {
  const { violations } = await playScenario({ set: set(["limitHours=1", withoutRule("no-deadline")]) })
  const messages = violations.map(({ message }) => message)
  expect(violations.map(({ block }) => block)).toEqual(violations.map(() => 300))
  expect(messages[0]).toMatch(/^task 1 stays in status 3: closeTask reverts with NothingToVoteOn\(1\)$/)
  expect(messages.some((message) => /^project 1 keeps \d+ wei reserved for tasks$/.test(message))).toBe(true)
  expect(messages.some((message) => /keeps 1 open duties and cannot withdraw/.test(message))).toBe(true)
})
