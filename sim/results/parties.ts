/** Profit and capital of parties: the agents of one owner together, or an agent that acts for itself. */
import type { AgentResult, PartyResult, RunResult } from "./runResult.ts"
import { weiToAtn } from "./weiToAtn.ts"

/** The parties that some of these agents belong to. */
export function partiesOf(run: RunResult, agents: readonly AgentResult[]): readonly PartyResult[] {
  const names = new Set(agents.map(({ name }) => name))
  return run.parties.filter((party) => party.agents.some((name) => names.has(name)))
}

/** ATN. Exact sums, so that the order of agents does not matter. */
export function totalProfit(agents: readonly AgentResult[]): number {
  return weiToAtn(agents.reduce((sum, { money }) => sum + BigInt(money.profit), 0n))
}

/** Wei. */
export function capitalOf(parties: readonly PartyResult[]): bigint {
  return parties.reduce((sum, { capital }) => sum + BigInt(capital), 0n)
}

/** Profit of all agents of the parties as a share of their capital; null where nothing was laid out. */
export function returnOf(run: RunResult, parties: readonly PartyResult[]): number | null {
  const capital = weiToAtn(capitalOf(parties))
  const names = new Set(parties.flatMap(({ agents }) => agents))
  return capital === 0 ? null : totalProfit(run.agents.filter(({ name }) => names.has(name))) / capital
}

/** The return a day of the time for which capital was bound at most. */
export function returnPerDay(run: RunResult, parties: readonly PartyResult[]): number | null {
  const days = Math.max(0, ...parties.map(({ boundDays }) => boundDays))
  const whole = returnOf(run, parties)
  return whole === null || days === 0 ? null : whole / days
}
