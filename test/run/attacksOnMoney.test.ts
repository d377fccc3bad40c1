import { join } from "node:path"
import { beforeAll, describe, expect, it } from "vitest"
import type { RunResult } from "../../sim/results/runResult.ts"
import { playScenario } from "./playScenario.ts"

const play = (name: string, ...set: readonly string[]) =>
  playScenario({ file: join(import.meta.dirname, `../../scenarios/attacks/${name}.yaml`), set })

/** ATN of all agents that follow a strategy. */
const profit = ({ agents }: RunResult, strategy: string): number =>
  agents
    .filter((agent) => agent.strategy === strategy)
    .reduce((sum, { money }) => sum + Number(money.profit) / 1e18, 0)

const slashed = ({ agents }: RunResult, strategy: string): number =>
  agents
    .filter((agent) => agent.strategy === strategy)
    .reduce((sum, agent) => sum + Number(agent.slashed) / 1e18, 0)

describe("users who pay for inferences", () => {
  let looking: RunResult
  beforeAll(async () => {
    looking = await play("junk-inference")
  })

  it("pay what holders of project tokens and hosts can withdraw, to the last tenth of an ATN", () => {
    const earned = profit(looking, "backer/honest") + profit(looking, "outsider/junkHost")
    expect(earned).toBeGreaterThan(10)
    expect(-profit(looking, "user/honest") - earned).toBeGreaterThan(0)
    expect(-profit(looking, "user/honest") - earned).toBeLessThan(0.1)
    expect(looking.violations).toEqual([])
  })

  it("leave a host that answers with anything, unless nothing shakes their faith", async () => {
    const faithful = await play("junk-inference", "population[buyers].options.trust=1000000")
    expect(profit(looking, "outsider/junkHost")).toBeGreaterThan(0)
    expect(profit(faithful, "outsider/junkHost")).toBeGreaterThan(4 * profit(looking, "outsider/junkHost"))
    expect(profit(faithful, "backer/honest")).toBeLessThan(1)
  })
})

describe("a proposer that answers its own tasks", () => {
  it("spends what it likes where it is trusted, and what a task may cost where the founder has a cap", async () => {
    const capped = profit(await play("proposer-collusion"), "proposer/selfDealing")
    const trusted = profit(
      await play("proposer-collusion", "population[trust].options.taskCapAtn=0"),
      "proposer/selfDealing",
    )
    // Three tasks of at most 80 ATN each; trusted, it asks for 200 an answer.
    expect(capped).toBeGreaterThan(0)
    expect(capped).toBeLessThan(3 * 80)
    expect(trusted).toBeGreaterThan(1000)
  })
})

describe("a proposer that lets its solvers down", () => {
  it("pays them if it keeps silent, and nothing if it reveals an empty text", async () => {
    const silent = await play("proposer-stall")
    const empty = await play("proposer-stall", "population[attacker].options.manner=emptyText")
    expect(slashed(silent, "proposer/staller")).toBeCloseTo(10)
    expect(slashed(empty, "proposer/staller")).toBe(0)
    expect(profit(silent, "solver/honest")).toBeGreaterThan(profit(empty, "solver/honest") + 5)
  })
})
