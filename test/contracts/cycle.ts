/** The training cycle as short verbs, for tests that are about something else. */
import { type Address, type Hex, keccak256, stringToHex } from "viem"
import type { CompiledSuite } from "../../chain/compile/artifact.ts"
import type { SuiteParameter } from "../../chain/suite.ts"
import { addressFromName } from "../../chain/wallet.ts"
import {
  ATN,
  type World,
  type WorldOptions,
  createWorld,
  genesisHolder,
  governance,
  keeper,
  treasury,
} from "./world.ts"

export const founder = addressFromName("founder")
export const proposer = addressFromName("proposer")
export const solvers = [1, 2, 3, 4, 5].map((i) => addressFromName(`solver ${i}`))
export const coordinators = [1, 2, 3, 4, 5, 6, 7].map((i) => addressFromName(`coordinator ${i}`))
export const aggregators = [1, 2].map((i) => addressFromName(`aggregator ${i}`))
export const outsider = addressFromName("outsider")
export const [solver, otherSolver] = solvers as unknown as readonly [Address, Address]

/** Everyone who can hold ATN in a populated world, beside the contracts. */
export const holders: readonly Address[] = [
  founder,
  proposer,
  ...solvers,
  ...coordinators,
  ...aggregators,
  outsider,
  keeper,
  genesisHolder,
  treasury,
  governance,
]

/** The `i`-th, counted round and round. */
export const pick = <A>(xs: readonly A[], i: number): A => xs[i % xs.length] as A

export const contentHash = (cid: string): Hex => keccak256(stringToHex(cid))
export const saltOf = (name: string): Hex => keccak256(stringToHex(`salt ${name}`))
export const truthCid = "sha256-ground-truth"
export const cidOf = (account: Address): string => `sha256-solution-of-${account}`

export const role = {
  proposer: 1,
  solver: 2,
  coordinator: 3,
  aggregator: 4,
  validator: 5,
  curator: 6,
} as const
/** Last block of each window, counted from the proposal. */
export const windowEnd = {
  commit: 300n,
  truth: 350n,
  solution: 400n,
  voteCommit: 450n,
  voteReveal: 500n,
  opening: 525n,
} as const

export const budget = 100_000n * ATN

export interface PopulatedOptions {
  readonly parameters?: readonly SuiteParameter[]
  readonly coordinators?: readonly Address[]
  readonly overrides?: Readonly<Record<string, string>>
  /** As in `WorldOptions`. */
  readonly compiled?: CompiledSuite
  readonly jackpotPool?: bigint
  readonly deployment?: WorldOptions["deployment"]
  /** Others that hold ATN. */
  readonly accounts?: readonly Address[]
}

/** A world with one funded project, a consented proposer, solvers, coordinators and an aggregator at stake. */
export const createPopulatedWorld = async (options: PopulatedOptions = {}): Promise<World> => {
  const panel = options.coordinators ?? coordinators
  const accounts = [
    founder,
    proposer,
    ...solvers,
    ...panel,
    ...aggregators,
    outsider,
    ...(options.accounts ?? []),
  ]
  const { parameters = [], overrides = {}, deployment = {}, compiled } = options
  const world = await createWorld({
    accounts,
    parameters,
    overrides,
    deployment,
    ...(compiled && { compiled }),
  })
  await world.send(proposer, "staking", "stake", [role.proposer, 100n * ATN])
  for (const account of solvers) await world.send(account, "staking", "stake", [role.solver, 50n * ATN])
  for (const account of panel) await world.send(account, "staking", "stake", [role.coordinator, 500n * ATN])
  const [first] = aggregators as unknown as readonly [Address]
  await world.send(first, "staking", "stake", [role.aggregator, 1_000n * ATN])
  await world.send(genesisHolder, "token", "transfer", [founder, budget])
  await world.send(founder, "project", "createProject", ["p", "cid", 0n, budget, 0n, "PT", "PT"])
  await world.send(founder, "project", "setProposerAllowed", [1n, proposer, true])
  const pool = options.jackpotPool ?? 1_000n * ATN
  if (pool > 0n) await world.send(genesisHolder, "forcedErrors", "fundJackpotPool", [pool])
  return world
}

export class Task {
  readonly world: World
  readonly id: bigint
  readonly proposedBlock: bigint

  constructor(world: World, id: bigint, proposedBlock: bigint) {
    this.world = world
    this.id = id
    this.proposedBlock = proposedBlock
  }

  /** Moves to the first block after a window. */
  after(window: keyof typeof windowEnd): void {
    this.world.blockNumber = this.proposedBlock + windowEnd[window] + 1n
  }

  async commit(account: Address, cid = cidOf(account)) {
    const args = [this.id, account, contentHash(cid), saltOf(account)] as const
    const commitment = await this.world.read("tasks", "commitmentFor", args)
    return this.world.send(account, "tasks", "commitSolution", [this.id, commitment])
  }

  revealTruth() {
    return this.world.send(proposer, "results", "revealGroundTruth", [this.id, truthCid])
  }

  reveal(account: Address, cid = cidOf(account)) {
    return this.world.send(account, "results", "revealSaltedSolution", [this.id, cid, saltOf(account)])
  }

  drawPanel() {
    return this.world.send(outsider, "results", "drawPanel", [this.id])
  }

  async panel(): Promise<readonly Address[]> {
    return (await this.world.read("results", "panelOf", [this.id]))[0]
  }

  async commitVote(by: Address, isCorrect: boolean, score: number | bigint, on = solver) {
    const args = [this.id, on, by, isCorrect, BigInt(score), "report", saltOf(by)] as const
    const commitment = await this.world.read("results", "voteCommitmentFor", args)
    return this.world.send(by, "results", "commitVote", [this.id, on, commitment])
  }

  revealVote(by: Address, isCorrect: boolean, score: number | bigint, on = solver) {
    const args = [this.id, on, isCorrect, BigInt(score), "report", saltOf(by)] as const
    return this.world.send(by, "results", "revealVote", args)
  }

  submitVote(by: Address, isCorrect: boolean, score: number | bigint, on = solver) {
    return this.world.send(by, "results", "submitVote", [this.id, on, isCorrect, BigInt(score), "report"])
  }

  finalise(on = solver) {
    return this.world.send(outsider, "results", "finalizeVoting", [this.id, on])
  }

  close() {
    return this.world.send(outsider, "results", "closeTask", [this.id])
  }

  async status(): Promise<number> {
    return (await this.world.read("tasks", "getTask", [this.id]))[3]
  }

  outcome(of = solver): Promise<number> {
    return this.world.read("results", "outcomeOf", [this.id, of])
  }
}

export const proposeTask = async (
  world: World,
  rewards: { readonly learnability?: bigint; readonly solver?: bigint } = {},
): Promise<Task> => {
  const id = await world.read("tasks", "nextTaskId", [])
  const { learnability = 10n * ATN, solver: reward = 5n * ATN } = rewards
  const args = [1n, contentHash("spec"), contentHash(truthCid), learnability, reward] as const
  await world.send(proposer, "tasks", "proposeTask", args)
  return new Task(world, id, world.blockNumber)
}

/** Up to the vote-commit window: these solvers have revealed. */
export const playToVoting = async (world: World, by: readonly Address[] = [solver]): Promise<Task> => {
  const task = await proposeTask(world)
  for (const account of by) await task.commit(account)
  task.after("commit")
  await task.revealTruth()
  task.after("truth")
  for (const account of by) await task.reveal(account)
  task.after("solution")
  return task
}

/** The panel is drawn and votes as told; moved to the first block after the reveals. */
export const playVotes = async (
  task: Task,
  vote: (
    seat: number,
    coordinator: Address,
  ) => { isCorrect: boolean; score: number } | "silent" | "no reveal",
  on: readonly Address[] = [solver],
): Promise<readonly Address[]> => {
  await task.drawPanel()
  const panel = await task.panel()
  for (const [seat, by] of panel.entries()) {
    const decision = vote(seat, by)
    if (decision === "silent") continue
    const { isCorrect, score } = decision === "no reveal" ? { isCorrect: true, score: 50 } : decision
    for (const target of on) await task.commitVote(by, isCorrect, score, target)
  }
  task.after("voteCommit")
  for (const [seat, by] of panel.entries()) {
    const decision = vote(seat, by)
    if (decision === "silent" || decision === "no reveal") continue
    for (const target of on) await task.revealVote(by, decision.isCorrect, decision.score, target)
  }
  task.after("voteReveal")
  return panel
}

export const parameters = (
  contract: SuiteParameter["contract"],
  values: Readonly<Record<string, bigint>>,
): readonly SuiteParameter[] => Object.entries(values).map(([key, value]) => ({ contract, key, value }))

/** The public suite's rules of voting: open, plain, clipped around the mean. */
export const publicVoting = parameters("ResultsRewards", {
  panelSize: 0n,
  allowPlainVotes: 1n,
  clipAroundMedian: 0n,
})
