/** The one project of a run: founded, all of its funding task budget, open to the proposers of the scenario. */
import type { Address } from "viem"
import { atnTokenAbi } from "../../chain/abi/atnToken.ts"
import { projectAbi } from "../../chain/abi/project.ts"
import type { Genesis } from "../../chain/genesis.ts"
import type { Offers } from "../agents/protocol/offers.ts"
import type { Scenario } from "../scenario/scenario.ts"
import { founderOf, membersOf, type CastMember } from "./cast.ts"
import { institutions } from "./institutions.ts"
import { PROJECT_ID } from "./trainingPlan.ts"

export interface FoundingOptions {
  readonly scenario: Scenario
  readonly cast: readonly CastMember[]
  /** Content identifier of the global model of round 0, which the project names. */
  readonly initialModel: string
  readonly offers: Offers
}

interface Addresses {
  readonly token: Address
  readonly project: Address
}

const ONE = 10n ** 18n
export const foundProject = async (
  genesis: Genesis,
  at: Addresses,
  options: FoundingOptions,
): Promise<void> => {
  const { scenario, offers } = options
  const from = founderOf(options.cast)
  const args = [at.project, scenario.money.projectFundingWei] as const
  await genesis.call({ from, to: at.token, abi: atnTokenAbi, functionName: "approve", args })
  if (offers("Project.ledgerOf")) await createFunded(genesis, at, options)
  else await createThenFund(genesis, at, options)
  const project = { from, to: at.project, abi: projectAbi } as const
  if (offers("Project.setTokenPrice")) {
    const args = [PROJECT_ID, scenario.money.projectTokenPriceWei] as const
    await genesis.call({ ...project, functionName: "setTokenPrice", args })
  }
  if (offers("Project.setProposerAllowed")) {
    for (const { address } of membersOf(options.cast, "proposer")) {
      const args = [PROJECT_ID, address, true] as const
      await genesis.call({ ...project, functionName: "setProposerAllowed", args })
    }
  }
  if (!offers("Project.publishGlobalModel")) await authorisePublishers(genesis, at, options)
}

const names = ["Autonet Project Token", "PT"] as const

/** The ledger takes the initial budget from the founder when the project is created. */
const createFunded = async (
  genesis: Genesis,
  { token, project }: Addresses,
  { scenario, cast, initialModel }: FoundingOptions,
): Promise<void> => {
  const from = founderOf(cast)
  const budget = scenario.money.projectFundingWei
  const args = ["Autonet", initialModel, budget, budget, 0n, ...names] as const
  await genesis.call({ from, to: project, abi: projectAbi, functionName: "createProject", args })
  // Where the rule is off that a budget is paid in, an honest founder pays it all the same.
  const held = await genesis.read({ to: token, abi: atnTokenAbi, functionName: "balanceOf", args: [project] })
  if (held >= budget) return
  const payment = [project, budget - held] as const
  await genesis.call({ from, to: token, abi: atnTokenAbi, functionName: "transfer", args: payment })
}

/**
 * Without ledgers, nothing stands behind an initial budget: the founder asks for none, buys project tokens with the
 * funding, and allocates what it has paid in.
 */
const createThenFund = async (
  genesis: Genesis,
  { project: to }: Addresses,
  { scenario, cast, initialModel }: FoundingOptions,
): Promise<void> => {
  const from = founderOf(cast)
  const { projectFundingWei: funding, projectTokenPriceWei: price } = scenario.money
  const project = { from, to, abi: projectAbi } as const
  const args = ["Autonet", initialModel, funding, 0n, 0n, ...names] as const
  await genesis.call({ ...project, functionName: "createProject", args })
  if (funding === 0n) return
  const tokens = price === 0n ? 0n : (funding * ONE) / price
  await genesis.call({ ...project, functionName: "fundProject", args: [PROJECT_ID, funding, tokens] })
  await genesis.call({ ...project, functionName: "allocateTaskBudget", args: [PROJECT_ID, funding] })
}

/** Where rounds are unknown, aggregators publish through `setMatureModel`, which governance lets them do. */
const authorisePublishers = async (
  genesis: Genesis,
  { project }: Addresses,
  { cast }: FoundingOptions,
): Promise<void> => {
  for (const { address } of membersOf(cast, "aggregator")) {
    await genesis.call({
      from: institutions.governance,
      to: project,
      abi: projectAbi,
      functionName: "setAuthorizedModelSetter",
      args: [address, true],
    })
  }
}
