/** A disputed round as short verbs. */
import type { Address } from "viem"
import type { SuiteParameter } from "../../chain/suite.ts"
import { aggregators, createPopulatedWorld, outsider, parameters, role, saltOf } from "./cycle.ts"
import { ATN, type World } from "./world.ts"

export const [aggregator, replacement] = aggregators as unknown as readonly [Address, Address]
export const disputer = outsider
/** The only project and its first round. */
export const round = [1n, 1n] as const

export const disputeRules = (values: Readonly<Record<string, bigint>>): readonly SuiteParameter[] =>
  parameters("AggregationDisputes", values)

/** The aggregator has published round 1 and was paid 20 ATN for it, without tasks. */
export const createPublished = async (
  options: readonly SuiteParameter[] = [],
  overrides: Readonly<Record<string, string>> = {},
): Promise<World> => {
  const world = await createPopulatedWorld({ parameters: [...paidWithoutTasks, ...options], overrides })
  await publishRound(world)
  return world
}

/** What the first round needs, to be paid for without any task. */
export const paidWithoutTasks = parameters("Project", { verifiedTasksPerRound: 0n })

/** The aggregator is drawn and publishes. */
export const publishRound = async (world: World): Promise<void> => {
  await world.send(disputer, "project", "drawAggregator", round)
  await world.send(aggregator, "project", "publishGlobalModel", [...round, "g1"])
}

export const createDisputed = async (
  options: readonly SuiteParameter[] = [],
  overrides: Readonly<Record<string, string>> = {},
): Promise<World> => {
  const world = await createPublished(options, overrides)
  await world.send(disputer, "disputes", "openDispute", round)
  world.mine(1)
  return world
}

export const drawDispute = async (world: World): Promise<readonly Address[]> => {
  await world.send(disputer, "disputes", "drawPanel", round)
  return (await world.read("disputes", "panelOf", round)).map(({ coordinator }) => coordinator)
}

export const commitVerdict = async (world: World, by: Address, mismatch: boolean) => {
  const args = [...round, by, mismatch, saltOf(by)] as const
  const commitment = await world.read("disputes", "verdictCommitmentFor", args)
  return world.send(by, "disputes", "commitVerdict", [...round, commitment])
}

export const revealVerdict = (world: World, by: Address, mismatch: boolean) =>
  world.send(by, "disputes", "revealVerdict", [...round, mismatch, saltOf(by)])

/** Whether a seat sees a mismatch, or says nothing, or commits and does not reveal. */
export type Verdict = boolean | "silent" | "no reveal"

/** Draws the panel and lets it judge; moved to the first block after the reveals. */
export const judge = async (
  world: World,
  verdict: (seat: number, by: Address) => Verdict,
): Promise<readonly Address[]> => {
  const panel = await drawDispute(world)
  for (const [seat, by] of panel.entries()) {
    const says = verdict(seat, by)
    if (says !== "silent") await commitVerdict(world, by, says === true)
  }
  world.mine(51)
  for (const [seat, by] of panel.entries()) {
    const says = verdict(seat, by)
    if (typeof says === "boolean") await revealVerdict(world, by, says)
  }
  world.mine(50)
  return panel
}

export const closeDispute = (world: World) => world.send(disputer, "disputes", "closeDispute", round)

export const stakeReplacement = (world: World) =>
  world.send(replacement, "staking", "stake", [role.aggregator, 1_000n * ATN])

/** `publicationOf(…).state`. */
export const publication = {
  disputable: 1,
  disputed: 2,
  released: 3,
  disproved: 4,
  upheld: 5,
  undecided: 6,
} as const

export const stateOf = async (world: World): Promise<number> =>
  (await world.read("disputes", "publicationOf", round)).state

/** What each account's balance gains while something happens, wei. */
export const gains = async (
  world: World,
  accounts: readonly Address[],
  act: () => Promise<unknown>,
): Promise<readonly bigint[]> => {
  const before = await Promise.all(accounts.map((account) => world.balanceOf(account)))
  await act()
  return Promise.all(accounts.map(async (account, i) => (await world.balanceOf(account)) - (before[i] ?? 0n)))
}
