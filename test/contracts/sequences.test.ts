import fc from "fast-check"
import type { Address } from "viem"
import { describe, expect, test } from "vitest"
import { mutantOverrides } from "../../chain/mutants/mutants.ts"
import { isForward, taskStatus } from "../../sim/mechanisms/taskStatus.ts"
import {
  aggregators,
  contentHash,
  coordinators,
  createPopulatedWorld,
  founder,
  holders,
  outsider,
  parameters,
  pick,
  playToVoting,
  playVotes,
  proposer,
  saltOf,
  solvers,
  truthCid,
  cidOf,
} from "./cycle.ts"
import { brokenLaws } from "./invariants.ts"
import { hangingIn, settleByStranger } from "./liveness.ts"
import { ATN, type World, governance, keeper } from "./world.ts"

const panel = coordinators.slice(0, 4)
const badCid = "sha256-bad"
const salt = saltOf("sequence")

interface Step {
  readonly what: string
  readonly a: number
  readonly b: number
  readonly yes: boolean
  readonly mask: number
}

type Action = (world: World, taskId: bigint, step: Step) => Promise<unknown>
const ask = (world: World, taskId: bigint, by: Address, on: Address, yes: boolean) =>
  world.read("results", "voteCommitmentFor", [taskId, on, by, yes, yes ? 90n : 10n, "r", salt])

/** Opinions and traps depend on who and which, so that a reveal usually fits its commitment. */
const opinion = (a: number, b: number): boolean =>
  b % solvers.length === 3 ? a % panel.length === 0 : (a + b) % 3 !== 0
const isTrapped = (taskId: bigint): boolean => taskId % 2n === 1n

/** Each is what somebody may try at any time; most tries revert, which is part of the law. */
const actions: Readonly<Record<string, Action>> = {
  skip: async (world, id) => {
    const ends = Object.values(await world.read("tasks", "scheduleOf", [id]))
    const end = ends.find((last) => last >= world.blockNumber)
    if (end !== undefined) world.blockNumber = end + 1n
  },
  wait: (world, _, { a }) => Promise.resolve(world.mine(1 + (a % 4))),
  propose: (world, _, { a }) =>
    world.send(proposer, "tasks", "proposeTask", [
      1n,
      contentHash("s"),
      contentHash(truthCid),
      BigInt(a) * ATN,
      5n * ATN,
    ]),
  trap: async (world) => {
    const next = await world.read("tasks", "nextTaskId", [])
    const hash = await world.read("forcedErrors", "forcedErrorCommitmentFor", [
      next,
      isTrapped(next),
      contentHash(badCid),
      pick(solvers, 0),
      salt,
    ])
    return world.send(keeper, "forcedErrors", "commitForcedError", [next, hash])
  },
  open: (world, id) =>
    world.send(keeper, "forcedErrors", "revealForcedError", [
      id,
      isTrapped(id),
      contentHash(badCid),
      pick(solvers, 0),
      salt,
    ]),
  commit: async (world, id, { a }) => {
    const by = pick(solvers, a)
    const cid = by === solvers[0] ? badCid : cidOf(by)
    const hash = await world.read("tasks", "commitmentFor", [id, by, contentHash(cid), salt])
    return world.send(by, "tasks", "commitSolution", [id, hash])
  },
  truth: (world, id) => world.send(proposer, "results", "revealGroundTruth", [id, truthCid]),
  reveal: (world, id, { a }) => {
    const by = pick(solvers, a)
    return world.send(by, "results", "revealSaltedSolution", [
      id,
      by === solvers[0] ? badCid : cidOf(by),
      salt,
    ])
  },
  draw: (world, id) => world.send(outsider, "results", "drawPanel", [id]),
  vote: async (world, id, { a, b }) => {
    const [by, on] = [pick(panel, a), pick(solvers, b)]
    return world.send(by, "results", "commitVote", [id, on, await ask(world, id, by, on, opinion(a, b))])
  },
  revealVote: (world, id, { a, b }) => {
    const yes = opinion(a, b)
    const args = [id, pick(solvers, b), yes, yes ? 90n : 10n, "r", salt] as const
    return world.send(pick(panel, a), "results", "revealVote", args)
  },
  finalise: (world, id, { b }) => world.send(outsider, "results", "finalizeVoting", [id, pick(solvers, b)]),
  close: (world, id) => world.send(outsider, "results", "closeTask", [id]),
  leave: (world, _, { a }) => world.send(pick([...panel, ...solvers], a), "staking", "requestUnstake", []),
  unstake: (world, _, { a }) =>
    world.send(pick([...panel, ...solvers, proposer], a), "staking", "unstake", []),
  join: (world, _, { a }) => world.send(pick(panel, a), "staking", "stake", [3, 500n * ATN]),
  topUp: (world, _, { a, b }) =>
    world.send(pick([...panel, ...solvers, proposer], a), "staking", "addToStake", [BigInt(b + 1) * ATN]),
  fund: (world, _, { a }) => world.send(outsider, "project", "fundProject", [1n, BigInt(a) * ATN, 0n]),
  allocate: (world, _, { a }) => world.send(founder, "project", "allocateTaskBudget", [1n, BigInt(a) * ATN]),
  aggregate: (world) => world.send(outsider, "project", "drawAggregator", [1n, 1n]),
  publish: (world) => world.send(pick(aggregators, 0), "project", "publishGlobalModel", [1n, 1n, "g"]),
  deploy: (world) => world.send(founder, "project", "setMatureModel", [1n, "w", 3n * ATN]),
  infer: (world, _, { a }) => world.send(pick(solvers, a), "project", "requestInference", [1n, "input"]),
  withdraw: (world) => world.send(outsider, "project", "withdrawRevenue", [1n]),
  dispute: (world, id, { yes, a }) =>
    world.send(governance, "tasks", "updateTaskStatus", [id, yes ? 11 : 7 + (a % 2)]),
  fail: (world, _, { yes }) => world.send(governance, "project", "updateStatus", [1n, yes ? 5 : 4]),
  expire: (world, id, { a }) =>
    world.send(outsider, "forcedErrors", "expireForcedError", [id + BigInt(a % 3)]),
}

/** What moves the cycle comes more often than what ends it. */
const weights: Readonly<Record<string, number>> = {
  next: 110,
  skip: 12,
  wait: 4,
  trap: 6,
  deploy: 0,
  fail: 0,
}
const stepOf = (rare: boolean) =>
  fc.record({
    what: fc.oneof(
      ...["next", ...Object.keys(actions)].map((name) => ({
        weight: (weights[name] ?? 1) + (rare ? 1 : 0),
        arbitrary: fc.constant(name),
      })),
    ),
    a: fc.nat(20),
    b: fc.nat(20),
    yes: fc.boolean(),
    mask: fc.nat(31),
  })

const shortWindows = parameters("TaskContract", {
  commitBlocks: 6n,
  groundTruthBlocks: 4n,
  solutionBlocks: 5n,
  voteCommitBlocks: 8n,
  voteRevealBlocks: 8n,
  openingBlocks: 4n,
  disputeBlocks: 20n,
})
const world = createPopulatedWorld({
  coordinators: panel,
  parameters: [
    ...shortWindows,
    ...parameters("ResultsRewards", { panelSize: 3n, panelNoticeBlocks: 2n }),
    ...parameters("ForcedErrorRegistry", { expirationBlocks: 30n }),
    ...parameters("ParticipantStaking", { solverLockup: 0n, coordinatorLockup: 24n, proposerLockup: 0n }),
  ],
})

/**
 * "next" stands for what the task's phase asks for, by everyone or by those in `mask`: a crowd that acts sensibly
 * most of the time gets deep into the cycle, where single random steps would not.
 */
const expand = async (at: World, taskId: bigint, step: Step): Promise<readonly Step[]> => {
  if (step.what !== "next") return [step]
  const phase = await at.read("tasks", "phaseOf", [taskId])
  const fitting = [
    "propose",
    "commit",
    "truth",
    "reveal",
    "vote",
    "revealVote",
    "open",
    "finalise",
    "propose",
  ]
  const what = fitting[phase] as string
  const onwards: readonly Step[] = step.a % 4 === 0 ? [] : [{ ...step, what: "skip" }]
  if (what === "propose")
    return [
      { ...step, what: "trap" },
      { ...step, what },
    ]
  if (what === "truth" || what === "open") return [{ ...step, what }, ...onwards]
  const actors = what === "commit" || what === "reveal" ? solvers.length : panel.length
  const targets = what === "commit" || what === "reveal" ? 1 : solvers.length
  const steps: Step[] = []
  for (let a = 0; a < actors; a++) {
    if (!step.yes && ((step.mask >> a) & 1) === 0) continue
    for (let b = 0; b < targets; b++) steps.push({ ...step, what, a, b })
  }
  return [...steps, ...onwards]
}

const playSequence = async (at: World, steps: readonly Step[]): Promise<number> => {
  let succeeded = 0
  for (const planned of steps) {
    const next = await at.read("tasks", "nextTaskId", [])
    const id = next > 2n && planned.b % 4 === 0 ? next - 2n : next - 1n
    for (const step of await expand(at, id, planned)) if (await playStep(at, id, step)) succeeded++
    if (planned.a === 7) expect(await hangingIn(at)).toEqual([])
  }
  return succeeded
}

/** Whether it succeeded; then every law must hold. What reverts changes nothing. */
const playStep = async (at: World, id: bigint, step: Step): Promise<boolean> => {
  const before = await statuses(at)
  const action = actions[step.what] as Action
  const done = await action(at, id, step).then(
    () => true,
    () => false,
  )
  if (!done || step.what === "wait" || step.what === "skip") return done
  expect(await brokenLaws(at, holders), step.what).toEqual([])
  for (const [i, status] of (await statuses(at)).entries()) {
    const story = `task ${i + 1} after ${step.what}: ${before[i]} → ${status}`
    const from = before[i] ?? 0
    expect(from === status || isForward(from, status), story).toBe(true)
  }
  return true
}

const statuses = async (at: World): Promise<number[]> => {
  const all: number[] = []
  const end = await at.read("tasks", "nextTaskId", [])
  for (let id = 1n; id < end; id++) all.push((await at.read("tasks", "getTask", [id]))[3])
  return all
}

const outcomes = async (at: World): Promise<number[]> => {
  const all: number[] = []
  const end = await at.read("tasks", "nextTaskId", [])
  for (let id = 1n; id < end; id++) {
    for (const by of solvers) all.push(await at.read("results", "outcomeOf", [id, by]))
  }
  return all
}

/** After any past, calls by a stranger alone bring everyone's money back into free accounts. */
const settleEverything = async (at: World) => {
  expect(await settleByStranger(at)).toEqual([])
  expect(await statuses(at)).toEqual((await statuses(at)).map(() => taskStatus.archived))
  expect(await brokenLaws(at, holders)).toEqual([])
}

describe("whatever anyone does in any order", () => {
  test("money is conserved, statuses go forward, and in the end an outsider can settle all of it", async () => {
    const at = await world
    const goBack = at.remember()
    let succeeded = 0
    const seen = new Set<number>()
    await fc.assert(
      fc.asyncProperty(
        fc.boolean(),
        fc.infiniteStream(stepOf(false)),
        fc.infiniteStream(stepOf(true)),
        async (rare, common, wild) => {
          goBack()
          succeeded += await playSequence(at, [...(rare ? wild : common).take(30)])
          await settleEverything(at)
          for (const outcome of await outcomes(at)) seen.add(outcome)
        },
      ),
      // The seed is fixed because the last expectation is about what this sample reaches.
      { numRuns: 20, seed: 20_261_122 },
    )
    // The property would be empty if everything reverted, or if no task ever got beyond its commits.
    expect(succeeded).toBeGreaterThan(20 * 20)
    expect([...seen].sort()).toEqual(expect.arrayContaining([1, 2, 3, 4, 5, 6]))
  })
})

test("a project that pays without booking breaks the ledger's law", async () => {
  const leaking = await createPopulatedWorld({ overrides: mutantOverrides(["unbooked-payout"]) })
  const task = await playToVoting(leaking)
  await playVotes(task, () => ({ isCorrect: true, score: 90 }))
  expect(await brokenLaws(leaking, holders)).toEqual([])
  await task.finalise()
  const laws = await brokenLaws(leaking, holders)
  expect(laws.map((law) => law.split(":")[0])).toContain("project balance = Σ ledgers")
})
