/** Ways in which a majority of one day could make itself the last, or choose its own judges. */
import { beforeAll, beforeEach, describe, expect, test } from "vitest"
import { outsider, parameters } from "./cycle.ts"
import {
  type Motion,
  addressOf,
  amending,
  createGovernedWorld,
  enact,
  guardian,
  keyOf,
  playJury,
  propose,
  proposeParameter,
  state,
  validators,
  voters,
} from "./government.ts"
import { ATN, type ContractName, type World, createWorld } from "./world.ts"

let world: World
let goBack: () => void
beforeAll(async () => {
  world = await createGovernedWorld()
  goBack = world.remember()
})
beforeEach(() => goBack())

/** All voters in favour, and no jury that says a word. */
const voteOrdinarily = async (motion: Motion): Promise<number> => {
  await motion.open()
  for (const voter of ["bulk", "drop", "rival", ...amending] as const) await motion.vote(voter)
  await motion.end()
  return motion.state()
}

const sets: readonly (readonly [what: string, ContractName, key: string, value: bigint])[] = [
  ["end government by a threshold that nobody reaches", "dao", "proposalThreshold", 10n ** 30n],
  ["end government by a delay that meets no block", "timelock", "timelockDelay", 172_805n],
  ["end government by an expiry that meets no block", "timelock", "timelockExpiry", 1n],
  ["let anybody propose", "dao", "proposalThreshold", 0n],
  ["do away with the quorum", "dao", "proposalQuorumBps", 0n],
  ["do away with the notice before votes", "dao", "votingDelay", 0n],
  ["hold votes in a single block", "dao", "votingPeriod", 1n],
  ["do away with the timelock", "timelock", "timelockDelay", 0n],
  ["allow proposals without a target", "dao", "allowPlainProposals", 1n],
  ["put all validators but one below their minimum", "staking", "validatorMinStake", 10_001n * ATN],
]

describe("an ordinary vote can't", () => {
  test.each(sets)("%s", async (_, contract, key, value) => {
    expect(await voteOrdinarily(await proposeParameter(world, contract, key, value))).toBe(state.defeated)
  })

  test.each(["setMinStake", "setLockupDuration"])("choose its jurors by %s", async (call) => {
    expect(await voteOrdinarily(await propose(world, "staking", call, [5, 0n]))).toBe(state.defeated)
    const solvers = await propose(world, "staking", call, [2, 0n])
    expect(await voteOrdinarily(solvers)).toBe(state.succeeded)
  })
})

describe("an amendment", () => {
  test("changes the rules of votes, where its jury consents", async () => {
    await enact(world, "dao", "setParameter", [keyOf("votingPeriod"), 100n])
    expect(await world.read("dao", "votingPeriod", [])).toBe(100n)
  })

  test.each([
    ["AutonetDAO", "proposalThreshold", 100_000n * ATN, 100_000n * ATN + 1n],
    ["Timelock", "timelockExpiry", 3_600n, 3_599n],
    ["ParticipantStaking", "validatorMinStake", 100_000n * ATN, 100_000n * ATN + 1n],
  ] as const)(
    "can't set %s.%s where government would end: nor can a deployment",
    async (contract, key, most, beyond) => {
      const deploy = (value: bigint) => createWorld({ parameters: parameters(contract, { [key]: value }) })
      await deploy(most)
      await expect(deploy(beyond)).rejects.toThrow("ParameterOutOfBounds")
    },
  )
})

describe("a proposer with an open amendment", () => {
  const amend = (by: "bulk" | "rival" = "bulk") =>
    propose(world, "constitution", "amendPrinciple", [0n, "spam"], by)
  const refusal = (open: number, limit: number) => `TooManyOpenAmendments(${voters.bulk}, ${open}, ${limit})`
  const open = () => world.read("constitution", "openAmendments", [voters.bulk])
  const failsToAmend = () => {
    const data = world.encode("constitution", "amendPrinciple", [0n, "spam"])
    const args = [addressOf(world, "constitution"), 0n, data, "again"] as const
    return world.fails(voters.bulk, "dao", "proposeFor", args)
  }

  test("proposes no other: twenty proposals by one account call one jury", async () => {
    await amend()
    for (let i = 1; i < 20; i++) expect(await failsToAmend()).toBe(refusal(1, 1))
    expect(await world.read("constitution", "nextJuryId", [])).toBe(2n)
    await proposeParameter(world, "results", "coordinatorFee", ATN)
    await amend("rival")
    expect(await open()).toBe(1n)
  })

  test("proposes again once its jury is closed: after its reveals, by anyone", async () => {
    const motion = await amend()
    await motion.open()
    await playJury(motion)
    expect(await failsToAmend()).toBe(refusal(1, 1))
    await world.send(outsider, "constitution", "closeJury", [1n])
    expect(await open()).toBe(0n)
    await amend()
  })

  test("proposes again once it has cancelled, or the guardian has vetoed", async () => {
    await amend()
    await world.send(voters.bulk, "dao", "cancel", [1n])
    expect(await open()).toBe(0n)
    await amend()
    await world.send(guardian, "dao", "veto", [2n])
    await amend()
    expect(await open()).toBe(1n)
  })

  test("has its count free also where no juror was ever to be drawn", async () => {
    for (const validator of validators) await world.send(validator, "staking", "requestUnstake", [])
    const motion = await amend()
    await motion.end()
    await world.send(outsider, "constitution", "closeJury", [1n])
    expect(await open()).toBe(0n)
  })

  test("may have more where the parameter says so, and never none", async () => {
    const rule = (value: bigint) => parameters("Constitution", { openAmendmentsPerProposer: value })
    const own = await createGovernedWorld({ parameters: rule(2n) })
    const another = () => propose(own, "constitution", "amendPrinciple", [0n, "spam"])
    await another()
    await another()
    await expect(another()).rejects.toThrow(refusal(2, 2))
    await expect(createWorld({ parameters: rule(0n) })).rejects.toThrow("ParameterOutOfBounds")
  })
})
