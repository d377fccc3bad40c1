/** Coordinators of one owner: what they get by acting as one, and which rules stand against it. */
import { join } from "node:path"
import { expect, it } from "vitest"
import type { RunResult } from "../../sim/results/runResult.ts"
import { weiToAtn } from "../../sim/results/weiToAtn.ts"
import { playScenario } from "./playScenario.ts"

const attacks = join(import.meta.dirname, "../../scenarios/attacks")
const play = (name: string, ...set: readonly string[]) =>
  playScenario({ file: join(attacks, `${name}.yaml`), set: ["rounds=1", ...set] })

const of = (run: RunResult, group: string) => run.agents.filter((agent) => agent.group === group)

it("gets bad work accepted where a submission can be settled before others reveal, and not where it can't", async () => {
  const off = ["contracts={rulesOff: [early-finalisation]}", "parameters.ResultsRewards.quorumBps=0"]
  const bad = (run: RunResult) =>
    run.submissions.flatMap(({ truth, consensus }) => (truth === false ? [consensus] : []))
  expect(bad(await play("two-coordinator-cartel"))).toEqual([false])
  expect(bad(await play("two-coordinator-cartel", ...off))).toEqual([true])
}, 60_000)

it("pays for one look at each submission, however many of it vote", async () => {
  const run = await play("identity-split", "parameters.ResultsRewards.panelSize=16")
  const ring = of(run, "split")
  expect(ring.map(({ votes }) => votes)).toEqual([3, 3, 3, 3])
  const cost = ring.reduce((sum, { money }) => sum - BigInt(money.verification), 0n)
  expect(cost).toBe(3n * 10n ** 18n)
}, 30_000)

it("keeps a member at its stake that has nothing left, by the purse of another", async () => {
  const cartel = (group: string, stakeAtn: number, capitalAtn: number, sharedPurse: boolean) =>
    `{ strategy: coordinator/cartel, group: ${group}, owner: attacker, stakeAtn: ${stakeAtn}, capitalAtn: ${capitalAtn}, options: { sharedPurse: ${sharedPurse} } }`
  const stakeOfPoor = async (sharedPurse: boolean) => {
    const run = await play(
      "shared-purse-cartel",
      `population=[
        { strategy: proposer/honest },
        { strategy: solver/honest, count: 2 },
        { strategy: solver/poisoner, owner: attacker, options: { strength: 4 } },
        ${cartel("cartel", 800, 800, sharedPurse)},
        ${cartel("rich", 500, 2500, sharedPurse)},
        { strategy: coordinator/honest, group: honest, count: 5 },
        { strategy: aggregator/honest }
      ]`.replaceAll("\n", " "),
      "parameters.ResultsRewards.panelSize=7",
      // The purse is opened after the settlement, which may be after the last round.
      "settleAt=end",
    )
    return weiToAtn(of(run, "cartel")[0]!.money.stake)
  }
  // A tenth of 800 is slashed; a few ATN of fees is all that it has itself.
  expect(await stakeOfPoor(false)).toBeLessThan(730)
  expect(await stakeOfPoor(true)).toBe(800)
}, 30_000)
