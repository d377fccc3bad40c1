/** Whole runs that store their models in shards: what survives, what the chain says of it, who pays. */
import { join } from "node:path"
import { describe, expect, it } from "vitest"
import { loadContractSet } from "../../chain/contractSet/loadContractSet.ts"
import { plainFolder } from "../../scripts/plainPackages.ts"
import type { AgentResult, RunResult } from "../../sim/results/runResult.ts"
import { playScenario, type PlayOptions } from "./playScenario.ts"

const file = join(import.meta.dirname, "../fixtures/scenarios/storage.yaml")

interface Others {
  readonly strategy?: string
  readonly options?: Readonly<Record<string, unknown>>
  readonly count: number
  /** Failing later than the others. */
  readonly second?: number
}

const played = new Map<string, Promise<RunResult>>()

/** Fourteen providers, one for each shard, of whom some are others than honest. The same run is played once. */
const play = (others: Others, honest: object = {}): Promise<RunResult> => {
  const key = JSON.stringify([others, honest])
  const known = played.get(key) ?? playAnew(others, honest)
  played.set(key, known)
  return known
}

const playAnew = (others: Others, honest: object = {}, options: PlayOptions = {}): Promise<RunResult> => {
  const { strategy, count, second = 0 } = others
  const set = [
    `population[4].count=${14 - count - second}`,
    `population[4].options=${JSON.stringify({ auditHours: 0, ...honest })}`,
    `population[5].count=${count}`,
    `population[6].count=${second}`,
    ...(strategy === undefined
      ? []
      : [
          `population[5].strategy=${strategy}`,
          `population[5].options=${JSON.stringify(others.options ?? {})}`,
        ]),
  ]
  return playScenario({ file, ...options, set: [...set, ...(options.set ?? [])] })
}

const share = ({ proportions }: RunResult, metric: string): string => {
  const { count, of } = proportions[metric] ?? { count: 0, of: 0 }
  return `${count} of ${of}`
}

const providers = ({ agents }: RunResult, strategy: string): readonly AgentResult[] =>
  agents.filter((agent) => agent.strategy === `provider/${strategy}`)

const audits = { auditHours: 1 }

/** Two models, probed every half hour from the second probe after their registration to the end. */
const ALL = "22 of 22"

describe("models in shards", () => {
  it("can be restored all the time from fourteen honest providers, and the chain says so", async () => {
    const run = await play({ count: 0 }, audits)
    expect(share(run, "availability")).toBe(ALL)
    expect(share(run, "reportedAvailability")).toBe(ALL)
    expect(run.violations).toEqual([])
  })

  it("survive the loss of four, not of five", async () => {
    const [four, five] = [await play({ count: 4 }), await play({ count: 5 })]
    expect(share(four, "availability")).toBe(ALL)
    // Five are there for the first hour, in which both models are probed once.
    expect(share(five, "availability")).toBe("2 of 22")
    expect([...four.violations, ...five.violations]).toEqual([])
  })

  it("are reported to be there long after they have gone, where nobody challenges", async () => {
    const run = await play({ count: 5 })
    expect(share(run, "reportedAvailability")).toBe(ALL)
    expect(share(run, "overstatedAvailability")).toBe("20 of 22")
    expect(await playAnew({ count: 5 })).toEqual(run)
  })

  it("survive five losses if the first three were repaired before the others", async () => {
    const waves = { count: 3, second: 2 }
    expect(share(await play(waves, audits), "availability")).toBe(ALL)
    const unrepaired = (await play(waves)).proportions["availability"]
    expect(unrepaired?.count).toBeLessThan(unrepaired?.of ?? 0)
  })

  it("are neither split nor registered where nobody stores them", async () => {
    const withProviders = await play({ count: 4 })
    const without = await playAnew({ count: 0 }, {}, { set: ["population[4].count=0"] })
    expect(without.metrics["availability"]).toBeNull()
    expect(without.agents.map(({ role }) => role)).not.toContain("provider")
    expect(without.rounds).toEqual(withProviders.rounds)
  })
})

describe("five providers that lie about their shards", () => {
  const liars = { strategy: "provider/lying", count: 5 }

  it("are not listed by a contract that asks for a proof", async () => {
    const run = await play(liars)
    expect(share(run, "availability")).toBe("0 of 22")
    expect(share(run, "reportedAvailability")).toBe("0 of 22")
  })

  it("are caught by the next challenge, when they deleted what they had proven to have", async () => {
    const forgetful = { ...liars, options: { provesFirst: true } }
    const unseen = await play(forgetful)
    expect(share(unseen, "availability")).toBe("0 of 22")
    expect(share(unseen, "reportedAvailability")).toBe(ALL)
    const seen = await play(forgetful, audits)
    const { count, of } = seen.proportions["reportedAvailability"] ?? { count: 0, of: 0 }
    expect(count).toBeGreaterThan(0)
    expect(count).toBeLessThan(of)
  })

  it("are believed by a contract that asks for none", async () => {
    const source = join(plainFolder, "hardhat")
    const contractSet = await loadContractSet({ source, rulesOff: [] }, { cacheDirectory: undefined })
    const run = await playAnew(liars, {}, { contractSet, set: ["parameters={}"] })
    const { availability, reportedAvailability } = run.metrics
    expect([availability, reportedAvailability]).toEqual([0, 1])
    expect(run.violations).toEqual([])
  })

  it("save the cost of storage, and nothing else: the contract takes no ATN from them", async () => {
    const run = await play({ ...liars, options: { provesFirst: true } }, audits)
    const [honest] = providers(run, "honest")
    const [liar] = providers(run, "lying")
    const stored = ({ money }: AgentResult) => -BigInt(money.storage)
    expect(stored(liar!)).toBeLessThan(stored(honest!))
    for (const { money, slashed } of [honest!, liar!]) {
      expect([BigInt(money.balance) + BigInt(money.stake), slashed]).toEqual([0n, "0"])
      expect(BigInt(money.profit)).toBeLessThan(0n)
    }
  })
})

describe("five providers that keep their shards to themselves", () => {
  const withholding = { strategy: "provider/withholding", count: 5 }

  it("make a model unavailable that every proof of possession says is there", async () => {
    const run = await play(withholding, audits)
    expect(share(run, "availability")).toBe("0 of 22")
    expect(share(run, "reportedAvailability")).toBe(ALL)
    expect(run.violations).toEqual([])
  })

  it("are dropped when they don't answer", async () => {
    const run = await play({ ...withholding, options: { answersChallenges: false } })
    expect(share(run, "reportedAvailability")).toBe("0 of 22")
  })
})
