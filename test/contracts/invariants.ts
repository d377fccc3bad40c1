/** What must hold after every transaction, whoever did what. */
import type { Address } from "viem"
import type { World } from "./world.ts"

/** Names each law that is broken. `holders` must be everyone who can hold ATN. */
export const brokenLaws = async (world: World, holders: readonly Address[]): Promise<string[]> => {
  const broken: string[] = []
  const equal = (law: string, left: bigint, right: bigint) => {
    if (left !== right) broken.push(`${law}: ${left} is not ${right}`)
  }
  const { staking, project, tasks, results, forcedErrors, disputes } = world.at
  const everyone = new Set([...holders, staking, project, tasks, results, forcedErrors, disputes])
  let held = 0n
  for (const holder of everyone) held += await world.balanceOf(holder)
  equal("supply = Σ holdings", await world.read("token", "totalSupply", []), held)

  let stakes = 0n
  for (const holder of holders) stakes += await world.stakeOf(holder)
  equal("staking balance = Σ stakes", await world.balanceOf(staking), stakes)
  equal("total staked = Σ stakes", await world.read("staking", "totalStaked", []), stakes)

  const [booked, reservedInLedgers] = await projectBooks(world)
  equal("project balance = Σ ledgers", await world.balanceOf(project), booked)
  let reserved = 0n
  const end = await world.read("tasks", "nextTaskId", [])
  for (let id = 1n; id < end; id++) reserved += (await world.read("project", "taskReserves", [id]))[1]
  equal("reserved = Σ reservations of tasks", reservedInLedgers, reserved)

  const pool = await world.read("forcedErrors", "jackpotPool", [])
  const bonds = await world.read("forcedErrors", "keeperBonds", [])
  equal("registry balance = pool + bonds", await world.balanceOf(forcedErrors), pool + bonds)
  const promised = await world.read("forcedErrors", "reservedJackpots", [])
  if (promised > pool) broken.push(`pool ≥ reserved jackpots: ${pool} < ${promised}`)
  const deposits = await world.read("disputes", "totalDeposits", [])
  equal("disputes balance = Σ deposits", await world.balanceOf(disputes), deposits)
  return broken
}

const projectBooks = async (world: World): Promise<[all: bigint, reserved: bigint]> => {
  let all = 0n
  let reservations = 0n
  const end = await world.read("project", "nextProjectId", [])
  for (let id = 1n; id < end; id++) {
    const [funding, free, reserved, revenue] = await world.read("project", "ledgerOf", [id])
    all += funding + free + reserved + revenue
    reservations += reserved
  }
  return [all, reservations]
}
