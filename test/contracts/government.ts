/** A world that its DAO governs, and proposals as short verbs. */
import { type Address, type Hex, getAddress, keccak256 } from "viem"
import { addressFromName } from "../../chain/wallet.ts"
import { outsider, saltOf } from "./cycle.ts"
import { ATN, type ContractName, type World, type WorldOptions, createWorld, genesisHolder } from "./world.ts"

export const state = {
  pending: 0,
  active: 1,
  canceled: 2,
  defeated: 3,
  succeeded: 4,
  queued: 5,
  expired: 6,
  executed: 7,
} as const

/** Voters and their ATN, delegated to themselves, of a supply of 10,000,000. */
const holdings = {
  /** Ordinary proposals need 400,000 in favour: with `drop` that is exactly so. */
  bulk: 399_999n,
  drop: 1n,
  rival: 400_000n,
  /** Amendments need 2,000,000 cast and 95 %: the three of these make it exactly so, and 94.99 % without `grain`. */
  most: 1_899_800n,
  grain: 200n,
  rest: 100_000n,
  /** The threshold of proposing is 1,000. */
  justEnough: 1_000n,
  notEnough: 999n,
} as const
export type Voter = keyof typeof holdings
export const voters = Object.fromEntries(
  Object.keys(holdings).map((name) => [name, addressFromName(`voter ${name}`)]),
) as Readonly<Record<Voter, Address>>
export const votesOf = (voter: Voter): bigint => holdings[voter] * ATN

export const guardian = addressFromName("guardian")
export const validators = Array.from({ length: 9 }, (_, i) => addressFromName(`validator ${i + 1}`))
const VALIDATOR = 5

export const createGovernedWorld = async (options: WorldOptions = {}): Promise<World> => {
  const accounts = [...validators, outsider, ...(options.accounts ?? [])]
  const deployment = { governedBy: "timelock", guardian, ...options.deployment } as const
  const world = await createWorld({ ...options, accounts, deployment })
  for (const [name, address] of Object.entries(voters)) {
    await world.send(genesisHolder, "token", "transfer", [address, votesOf(name as Voter)])
    await world.send(address, "token", "delegate", [address])
  }
  for (const validator of validators)
    await world.send(validator, "staking", "stake", [VALIDATOR, 10_000n * ATN])
  world.mine(1)
  return world
}

/** One proposal: a call on a contract. */
export class Motion {
  readonly world: World
  readonly id: bigint
  readonly target: Address
  readonly data: Hex

  constructor(world: World, id: bigint, target: Address, data: Hex) {
    this.world = world
    this.id = id
    this.target = target
    this.data = data
  }

  async state(): Promise<number> {
    return this.world.read("dao", "getProposalState", [this.id])
  }

  /** Moves to the first block of the votes. */
  async open(): Promise<void> {
    this.world.blockNumber = (await this.world.read("dao", "proposals", [this.id]))[3] + 1n
  }

  /** Moves to the first block after the votes. */
  async end(): Promise<void> {
    this.world.blockNumber = (await this.world.read("dao", "proposals", [this.id]))[4] + 1n
  }

  vote(by: Voter, support = true) {
    return this.world.send(voters[by], "dao", "castVote", [this.id, support])
  }

  queue() {
    return this.world.send(outsider, "dao", "queue", [this.id])
  }

  /** Lets the timelock's delay pass, to the second. */
  async ripen(): Promise<void> {
    this.world.extraSeconds += await this.world.read("timelock", "parameter", [keyOf("timelockDelay")])
  }

  execute() {
    return this.world.send(outsider, "dao", "execute", [this.id, this.target, this.data])
  }

  failsToExecute(target = this.target, data = this.data) {
    return this.world.fails(outsider, "dao", "execute", [this.id, target, data])
  }

  /** From its proposal through votes in favour to the timelock's queue. */
  async carry(by: readonly Voter[] = ["bulk", "drop"]): Promise<this> {
    await this.open()
    for (const voter of by) await this.vote(voter)
    await this.end()
    await this.queue()
    return this
  }

  async juryId(): Promise<bigint> {
    return (await this.world.read("dao", "termsOf", [this.id])).juryId
  }
}

export const keyOf = (name: string): Hex => `0x${Buffer.from(name, "ascii").toString("hex").padEnd(64, "0")}`

/** As in reasons and events. */
export const addressOf = (world: World, contract: ContractName): Address => getAddress(world.at[contract])

/** Proposes a call of one of the set's contracts. */
export const propose = async (
  world: World,
  contract: ContractName,
  functionName: string,
  args: readonly unknown[],
  by: Voter = "bulk",
): Promise<Motion> => {
  const id = await world.read("dao", "nextProposalId", [])
  const target = addressOf(world, contract)
  const data = world.encode(contract, functionName, args)
  await world.send(voters[by], "dao", "proposeFor", [target, 0n, data, functionName])
  return new Motion(world, id, target, data)
}

export const proposeParameter = (
  world: World,
  contract: ContractName,
  key: string,
  value: bigint,
): Promise<Motion> => propose(world, contract, "setParameter", [keyOf(key), value])

/** Makes a call by a real vote, of whichever class it needs. Takes all the blocks and the time that it takes. */
export const enact = async (
  world: World,
  contract: ContractName,
  functionName: string,
  args: readonly unknown[],
): Promise<void> => {
  const motion = await propose(world, contract, functionName, args)
  await motion.open()
  const { jury } = await world.read("dao", "termsOf", [motion.id])
  const amendment = BigInt(jury) !== 0n
  for (const voter of amendment ? amending : (["bulk", "drop"] as const)) await motion.vote(voter)
  if (amendment) {
    await playJury(motion)
    // Else the proposer's next amendment would find this one open.
    await world.send(outsider, "constitution", "closeJury", [await motion.juryId()])
  }
  await motion.end()
  await motion.queue()
  await motion.ripen()
  await motion.execute()
}

/** Enough for an amendment, against nobody. */
export const amending: readonly Voter[] = ["most", "grain", "rest"]

/** What a juror says; silent where it says nothing. */
export type Verdict = { readonly approves: boolean; readonly confidence: number } | "silent"

export const report = "sha256-report"

/** Draws the jury and plays its verdicts; moved to the end of the reveals. */
export const playJury = async (
  motion: Motion,
  verdictOf: (seat: number) => Verdict = () => ({ approves: true, confidence: 90 }),
): Promise<readonly Address[]> => {
  const { world } = motion
  const juryId = await motion.juryId()
  const { drawn } = await world.read("constitution", "juryOf", [juryId])
  if (!drawn) await world.send(outsider, "constitution", "drawJury", [juryId])
  const jury = await world.read("constitution", "juryOf", [juryId])
  const seats = (await world.read("constitution", "jurorsOf", [juryId])).map(({ juror }) => juror)
  for (const [seat, juror] of seats.entries()) {
    const verdict = verdictOf(seat)
    if (verdict !== "silent") await commitVerdict(world, juryId, juror, verdict)
  }
  world.blockNumber = BigInt(jury.commitEnd) + 1n
  for (const [seat, juror] of seats.entries()) {
    const verdict = verdictOf(seat)
    if (verdict !== "silent") await revealVerdict(world, juryId, juror, verdict)
  }
  world.blockNumber = BigInt(jury.revealEnd) + 1n
  return seats
}

type Spoken = Exclude<Verdict, "silent">

export const commitVerdict = async (world: World, juryId: bigint, juror: Address, verdict: Spoken) => {
  const { approves, confidence } = verdict
  const args = [juryId, juror, approves, BigInt(confidence), report, saltOf(juror)] as const
  const commitment = await world.read("constitution", "verdictCommitmentFor", args)
  return world.send(juror, "constitution", "commitVerdict", [juryId, commitment])
}

export const revealVerdict = (world: World, juryId: bigint, juror: Address, verdict: Spoken) => {
  const { approves, confidence } = verdict
  const args = [juryId, approves, BigInt(confidence), report, saltOf(juror)] as const
  return world.send(juror, "constitution", "revealVerdict", args)
}

export const hashOf = (data: Hex): Hex => keccak256(data)
