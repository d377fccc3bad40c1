import { beforeAll, beforeEach, describe, expect, test } from "vitest"
import { outsider } from "./cycle.ts"
import {
  type Motion,
  addressOf,
  createGovernedWorld,
  enact,
  guardian,
  hashOf,
  keyOf,
  propose,
  proposeParameter,
  state,
  voters,
  votesOf,
} from "./government.ts"
import { ATN, type World, genesisHolder, governance } from "./world.ts"

const day = 86_400n

describe("an ordinary proposal", () => {
  let world: World
  let goBack: () => void
  let block: bigint
  beforeAll(async () => {
    world = await createGovernedWorld()
    goBack = world.remember()
    block = world.blockNumber
  })
  beforeEach(() => goBack())
  const raiseFee = (): Promise<Motion> => proposeParameter(world, "results", "coordinatorFee", 2n * ATN)

  test("changes a parameter by real votes: pending, active, succeeded, queued, executed", async () => {
    const motion = await raiseFee()
    expect(await motion.state()).toBe(state.pending)
    world.blockNumber = block + 7_200n
    expect(await motion.state()).toBe(state.pending)
    world.mine(1)
    expect(await motion.state()).toBe(state.active)
    const vote = await motion.vote("bulk")
    expect(vote.events).toEqual([
      {
        contract: "dao",
        name: "VoteCast",
        args: { proposalId: 1n, voter: voters.bulk, support: true, weight: votesOf("bulk") },
      },
    ])
    await motion.vote("drop")
    await motion.vote("rest", false)
    world.blockNumber = block + 7_200n + 50_400n
    expect(await motion.state()).toBe(state.active)
    world.mine(1)
    expect(await motion.state()).toBe(state.succeeded)
    const queued = await motion.queue()
    const readyAt = world.environment.timestampSeconds + 2n * day
    expect(queued.events.at(-1)?.args).toEqual({
      proposalId: 1n,
      target: motion.target,
      readyAt,
      executableUntil: readyAt + 14n * day,
    })
    expect(await motion.state()).toBe(state.queued)
    world.extraSeconds += 2n * day - 1n
    expect(await motion.failsToExecute()).toMatch(/^NotReady/)
    world.extraSeconds += 1n
    const { events } = await motion.execute()
    expect(events.map(({ name }) => name)).toEqual(["ProposalExecuted", "OperationExecuted", "ParameterSet"])
    expect(await world.read("results", "parameter", [keyOf("coordinatorFee")])).toBe(2n * ATN)
    expect(await motion.state()).toBe(state.executed)
    expect(await motion.failsToExecute()).toBe("WrongState(1, 7)")
    const [id, proposer, description, startBlock, endBlock, forVotes, against, executed, canceled, hash] =
      await world.read("dao", "proposals", [1n])
    expect([id, proposer, description, executed, canceled]).toEqual([
      1n,
      voters.bulk,
      "setParameter",
      true,
      false,
    ])
    expect([startBlock, endBlock]).toEqual([block + 7_200n, block + 57_600n])
    expect([forVotes, against]).toEqual([400_000n * ATN, votesOf("rest")])
    expect(hash).toBe(hashOf(motion.data))
  })

  test("needs 4 % of the supply in favour, and more votes for it than against", async () => {
    expect(await world.read("dao", "quorumVotes", [])).toBe(400_000n * ATN)
    const short = await raiseFee()
    const tied = await raiseFee()
    const enough = await raiseFee()
    await short.open()
    world.mine(2)
    await short.vote("bulk")
    for (const voter of ["bulk", "drop"] as const) await tied.vote(voter)
    await tied.vote("rival", false)
    for (const voter of ["bulk", "drop"] as const) await enough.vote(voter)
    await enough.end()
    expect(await short.state()).toBe(state.defeated)
    expect(await tied.state()).toBe(state.defeated)
    expect(await enough.state()).toBe(state.succeeded)
    expect(await world.fails(outsider, "dao", "queue", [short.id])).toBe("WrongState(1, 3)")
  })

  test("power to propose and to vote is that of the block before: what is bought or lent later counts for nothing", async () => {
    expect(await world.read("dao", "proposalThreshold", [])).toBe(1_000n * ATN)
    const args = [world.at.results, 0n, "0x", "nothing"] as const
    expect(await world.fails(voters.notEnough, "dao", "proposeFor", args)).toBe(
      `ThresholdNotMet(${voters.notEnough}, ${999n * ATN}, ${1_000n * ATN})`,
    )
    await world.send(genesisHolder, "token", "transfer", [voters.notEnough, 1_000_000n * ATN])
    expect(await world.fails(voters.notEnough, "dao", "proposeFor", args)).toMatch(/^ThresholdNotMet/)
    expect(await world.fails(voters.notEnough, "dao", "propose", ["nothing", hashOf("0x")])).toMatch(
      /^ThresholdNotMet/,
    )
    await world.send(voters.justEnough, "dao", "proposeFor", args)
    await world.send(genesisHolder, "token", "delegate", [genesisHolder])
    await world.send(voters.bulk, "token", "transfer", [outsider, votesOf("bulk")])
    world.mine(7_201)
    const vote = async (by: typeof outsider) => world.send(by, "dao", "castVote", [1n, true])
    expect((await vote(voters.notEnough)).events[0]?.args["weight"]).toBe(999n * ATN)
    expect((await vote(voters.bulk)).events[0]?.args["weight"]).toBe(votesOf("bulk"))
    for (const latecomer of [genesisHolder, outsider])
      expect(await world.fails(latecomer, "dao", "castVote", [1n, true])).toBe(
        `NoVotes(${latecomer}, ${block - 1n})`,
      )
  })

  test("is voted on once a voter, while its votes are open", async () => {
    const motion = await raiseFee()
    const vote = () => world.fails(voters.bulk, "dao", "castVote", [1n, false])
    expect(await vote()).toBe("WrongState(1, 0)")
    await motion.open()
    await motion.vote("bulk")
    expect(await world.read("dao", "hasVoted", [1n, voters.bulk])).toBe(true)
    expect(await world.read("dao", "hasVoted", [1n, voters.drop])).toBe(false)
    expect(await vote()).toBe(`AlreadyVoted(1, ${voters.bulk})`)
    await motion.end()
    expect(await world.fails(voters.drop, "dao", "castVote", [1n, true])).toBe("WrongState(1, 3)")
    expect(await world.fails(voters.drop, "dao", "castVote", [2n, true])).toBe("UnknownProposal(2)")
    expect(await world.fails(outsider, "dao", "queue", [2n])).toBe("UnknownProposal(2)")
    await expect(world.read("dao", "termsOf", [2n])).rejects.toThrow("UnknownProposal(2)")
  })

  test("expires when it is not queued in time, or not executed in time", async () => {
    const late = await raiseFee()
    await late.open()
    for (const voter of ["bulk", "drop"] as const) await late.vote(voter)
    await late.end()
    world.mine(100_799)
    expect(await late.state()).toBe(state.succeeded)
    world.mine(1)
    expect(await late.state()).toBe(state.expired)
    expect(await world.fails(outsider, "dao", "queue", [1n])).toBe("WrongState(1, 6)")
    const stale = await (await raiseFee()).carry()
    world.extraSeconds += 16n * day
    expect(await stale.state()).toBe(state.queued)
    world.extraSeconds += 1n
    expect(await stale.state()).toBe(state.expired)
    expect(await stale.failsToExecute()).toBe("WrongState(2, 6)")
  })

  test("is executed on its own target with its own call only, and a call that fails can be tried again", async () => {
    const motion = await propose(world, "treasury", "pay", [outsider, 5n * ATN])
    await motion.carry()
    await motion.ripen()
    const elsewhere = addressOf(world, "results")
    expect(await motion.failsToExecute(elsewhere)).toBe(`WrongTarget(1, ${elsewhere}, ${motion.target})`)
    const other = world.encode("treasury", "pay", [outsider, 6n * ATN])
    expect(await motion.failsToExecute(motion.target, other)).toBe(
      `WrongCalldata(1, ${hashOf(other)}, ${hashOf(motion.data)})`,
    )
    expect(await motion.failsToExecute()).toBe(`BalanceTooSmall(${5n * ATN}, 0)`)
    expect(await motion.state()).toBe(state.queued)
    await world.send(genesisHolder, "token", "transfer", [world.at.treasury, 5n * ATN])
    const before = await world.balanceOf(outsider)
    await motion.execute()
    expect((await world.balanceOf(outsider)) - before).toBe(5n * ATN)
  })

  test("is cancelled by its proposer until the votes close, by nobody else", async () => {
    const motion = await raiseFee()
    expect(await world.fails(voters.rival, "dao", "cancel", [1n])).toBe(`NotProposer(1, ${voters.rival})`)
    await motion.open()
    const { events } = await world.send(voters.bulk, "dao", "cancel", [1n])
    expect(events).toEqual([{ contract: "dao", name: "ProposalCanceled", args: { proposalId: 1n } }])
    expect(await motion.state()).toBe(state.canceled)
    expect(await world.fails(voters.bulk, "dao", "cancel", [1n])).toBe("WrongState(1, 2)")
    const carried = await raiseFee()
    await carried.open()
    for (const voter of ["bulk", "drop"] as const) await carried.vote(voter)
    await carried.end()
    expect(await world.fails(voters.bulk, "dao", "cancel", [2n])).toBe("WrongState(2, 4)")
    expect(await world.fails(outsider, "dao", "cancel", [3n])).toBe("UnknownProposal(3)")
  })

  test("is vetoed by the guardian until it is executed, and then no timelock knows it", async () => {
    const motion = await (await raiseFee()).carry()
    expect(await world.fails(outsider, "dao", "veto", [1n])).toBe(`NotGuardian(${outsider}, ${guardian})`)
    const { events } = await world.send(guardian, "dao", "veto", [1n])
    expect(events.map(({ name }) => name)).toEqual([
      "ProposalVetoed",
      "ProposalCanceled",
      "OperationCanceled",
    ])
    expect(await motion.state()).toBe(state.canceled)
    await motion.ripen()
    expect(await motion.failsToExecute()).toBe("WrongState(1, 2)")
    const pending = await raiseFee()
    await world.send(guardian, "dao", "veto", [2n])
    expect(await pending.state()).toBe(state.canceled)
    const lost = await raiseFee()
    await lost.end()
    expect(await world.fails(guardian, "dao", "veto", [3n])).toBe("WrongState(3, 3)")
    const done = await (await raiseFee()).carry()
    await done.ripen()
    await done.execute()
    expect(await world.fails(guardian, "dao", "veto", [4n])).toBe("WrongState(4, 7)")
    expect(await world.fails(guardian, "dao", "veto", [5n])).toBe("UnknownProposal(5)")
  })

  test("that removes the guardian can't be vetoed", async () => {
    const nobody = `0x${"0".repeat(40)}` as const
    const motion = await propose(world, "dao", "setGuardian", [nobody])
    expect(await world.fails(guardian, "dao", "veto", [1n])).toBe("Unstoppable(1)")
    await motion.carry()
    await motion.ripen()
    await motion.execute()
    expect(await world.read("dao", "guardian", [])).toBe(nobody)
    await raiseFee()
    expect(await world.fails(guardian, "dao", "veto", [2n])).toBe(`NotGuardian(${guardian}, ${nobody})`)
    // The same call on another contract names no guardian.
    await enact(world, "dao", "setGuardian", [guardian])
    const data = world.encode("dao", "setGuardian", [nobody])
    await world.send(voters.bulk, "dao", "proposeFor", [world.at.results, 0n, data, "not the DAO"])
    const { events } = await world.send(guardian, "dao", "veto", [4n])
    expect(events[0]?.args).toEqual({ proposalId: 4n, guardian })
  })
})

test("a proposal keeps the rules of its block, whatever becomes of the parameters", async () => {
  const world = await createGovernedWorld({ deployment: { governedBy: "deployer" } })
  const motion = await proposeParameter(world, "results", "minVotes", 3n)
  const proposedAt = world.blockNumber
  for (const [key, value] of [
    ["proposalQuorumBps", 9_000n],
    ["votingDelay", 1n],
    ["votingPeriod", 1n],
    ["queueBlocks", 1n],
  ] as const)
    await world.send(governance, "dao", "setParameter", [keyOf(key), value])
  expect(await world.read("dao", "votingDelay", [])).toBe(1n)
  expect(await world.read("dao", "votingPeriod", [])).toBe(1n)
  expect(await world.read("dao", "quorumVotes", [])).toBe(9_000_000n * ATN)
  await motion.open()
  expect(world.blockNumber).toBe(proposedAt + 7_201n)
  for (const voter of ["bulk", "drop"] as const) await motion.vote(voter)
  await motion.end()
  expect(world.blockNumber).toBe(proposedAt + 57_601n)
  world.mine(100_799)
  expect(await motion.state()).toBe(state.succeeded)
})

describe("a plain proposal", () => {
  const data = (world: World) => world.encode("results", "setParameter", [keyOf("minVotes"), 3n])
  const carried = async (world: World): Promise<bigint> => {
    const id = await world.read("dao", "nextProposalId", [])
    await world.send(voters.bulk, "dao", "propose", ["plain", hashOf(data(world))])
    world.mine(7_201)
    for (const voter of [voters.bulk, voters.drop]) await world.send(voter, "dao", "castVote", [id, true])
    world.mine(50_400)
    return id
  }
  const allowing = {
    parameters: [{ contract: "AutonetDAO", key: "allowPlainProposals", value: 1n }],
  } as const

  test("binds no target, and without the flag is never executed", async () => {
    const world = await createGovernedWorld({ deployment: { governedBy: "deployer" } })
    const id = await carried(world)
    expect(await world.fails(outsider, "dao", "queue", [id])).toBe("PlainProposal(1)")
    expect(await world.fails(outsider, "dao", "queuePlain", [id, world.at.results])).toBe(
      "PlainProposalsOff(1)",
    )
    await world.send(governance, "dao", "setParameter", [keyOf("allowPlainProposals"), 1n])
    expect(await world.fails(outsider, "dao", "queuePlain", [id, world.at.results])).toBe(
      "PlainProposalsOff(1)",
    )
  })

  test("with the flag is executed on an authorised target, named when it is queued", async () => {
    const world = await createGovernedWorld(allowing)
    const results = addressOf(world, "results")
    const id = await carried(world)
    expect(await world.fails(outsider, "dao", "queuePlain", [id, results])).toBe(
      `TargetNotAuthorized(${results})`,
    )
    await enact(world, "dao", "setAuthorizedTarget", [results, true])
    expect(await world.read("dao", "authorizedTargets", [results])).toBe(true)
    const second = await carried(world)
    await world.send(outsider, "dao", "queuePlain", [second, results])
    world.extraSeconds += 2n * day
    expect(await world.fails(outsider, "dao", "execute", [second, world.at.tasks, data(world)])).toMatch(
      /^WrongTarget/,
    )
    await world.send(outsider, "dao", "execute", [second, results, data(world)])
    expect(await world.read("results", "MIN_COORDINATORS", [])).toBe(3n)
    expect(await world.fails(outsider, "dao", "queuePlain", [second, results])).toBe("WrongState(3, 7)")
  })

  test("is never an amendment, also where plain ones are executed", async () => {
    const world = await createGovernedWorld(allowing)
    const token = addressOf(world, "token")
    await enact(world, "dao", "setAuthorizedTarget", [token, true])
    const mint = world.encode("token", "mint", [voters.bulk, ATN])
    await world.send(voters.bulk, "dao", "propose", ["plain", hashOf(mint)])
    world.mine(7_201)
    for (const voter of [voters.bulk, voters.drop]) await world.send(voter, "dao", "castVote", [2n, true])
    world.mine(50_400)
    await world.send(outsider, "dao", "queuePlain", [2n, token])
    world.extraSeconds += 2n * day
    expect(await world.fails(outsider, "dao", "execute", [2n, token, mint])).toBe(
      `NeedsAmendment(2, ${token}, ${mint.slice(0, 10)})`,
    )
    const dao = addressOf(world, "dao")
    await enact(world, "dao", "setAuthorizedTarget", [dao, true])
    const threshold = world.encode("dao", "setParameter", [keyOf("proposalThreshold"), 0n])
    await world.send(voters.bulk, "dao", "propose", ["plain", hashOf(threshold)])
    world.mine(7_201)
    for (const voter of [voters.bulk, voters.drop]) await world.send(voter, "dao", "castVote", [4n, true])
    world.mine(50_400)
    await world.send(outsider, "dao", "queuePlain", [4n, dao])
    world.extraSeconds += 2n * day
    expect(await world.fails(outsider, "dao", "execute", [4n, dao, threshold])).toBe(
      `NeedsAmendment(4, ${dao}, ${threshold.slice(0, 10)})`,
    )
    const bound = await proposeParameter(world, "results", "minVotes", 3n)
    await bound.open()
    for (const voter of ["bulk", "drop"] as const) await bound.vote(voter)
    await bound.end()
    expect(await world.fails(outsider, "dao", "queuePlain", [5n, token])).toBe("NotPlainProposal(5)")
  })
})
