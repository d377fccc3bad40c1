/** What happened to every task, read from the logs as blocks come in. It observes; it never acts. */
import { Effect } from "effect"
import type { Address } from "viem"
import type { Chain } from "../../chain/chain.ts"
import type { ChainLog } from "../../chain/transaction.ts"
import type { Learning } from "../../ml/learning.ts"
import { cidFromDigest } from "../../ml/store/cid.ts"
import type { ContentStore } from "../../ml/store/contentStore.ts"
import { DocumentMalformed } from "../../ml/store/documentMalformed.ts"
import {
  decodeGroundTruth,
  decodeTaskSpecification,
  type GroundTruth,
  type TaskSpecification,
} from "../../ml/store/taskDocuments.ts"
import type { TrainingPlan } from "../agents/trainingPlan.ts"
import type { Contracts } from "../agents/contracts.ts"
import type { Offers } from "../agents/protocol/offers.ts"
import { outcomes } from "../mechanisms/taskCycle.ts"
import { createTrapWatch } from "./trapWatch.ts"
import { truthOf, unknownTruth, type HeldOut, type Truth } from "./truth.ts"
import { verdictsOf, type Settled } from "./verdicts.ts"

export interface Vote {
  readonly coordinator: Address
  readonly correct: boolean
  readonly score: number
  readonly stake: bigint
}

export interface Submission {
  readonly solver: Address
  readonly solution: string
  readonly truth: Truth
  trap: boolean
  /** `outcomes` of the task cycle. */
  outcome: number
  score: number
  votes: readonly Vote[]
}

export interface Task {
  readonly taskId: bigint
  readonly specification: TaskSpecification | undefined
  groundTruth: GroundTruth | undefined
  readonly proposedSeconds: number
  closedSeconds: number | undefined
  readonly submissions: Map<Address, Submission>
}

export interface ChronicleOptions {
  readonly contracts: Contracts
  readonly offers: Offers
  readonly plan: TrainingPlan
  readonly store: ContentStore
  readonly learning: Learning["Service"]
  readonly heldOut: HeldOut
}

export interface Chronicle {
  /** By number, in the order of proposal. */
  readonly tasks: ReadonlyMap<bigint, Task>
  /** Wei slashed so far, by account. */
  readonly slashed: ReadonlyMap<Address, bigint>
  /** Takes one log in; logs come in the order of the chain. `timeSeconds` is the block's virtual time. */
  readonly observe: (log: ChainLog, timeSeconds: number) => Effect.Effect<void, unknown, Chain>
}

export const createChronicle = (options: ChronicleOptions): Chronicle => {
  const { store, contracts, offers } = options
  const { tasks: taskContract, results, staking } = contracts
  const verdicts = verdictsOf(contracts, offers)
  const traps = createTrapWatch(contracts, offers)
  const tasks = new Map<bigint, Task>()
  const slashed = new Map<Address, bigint>()

  const propose = (taskId: bigint, specHash: string, proposedSeconds: number): void => {
    const specification = readDocument(store, cidFromDigest(specHash), decodeTaskSpecification)
    const fresh = { groundTruth: undefined, closedSeconds: undefined, submissions: new Map() }
    tasks.set(taskId, { taskId, specification, proposedSeconds, ...fresh })
  }

  const revealSolution = Effect.fnUntraced(function* (taskId: bigint, solver: Address, solution: string) {
    const task = tasks.get(taskId)
    if (task === undefined) return
    const { specification, groundTruth } = task
    const truth =
      specification === undefined || groundTruth === undefined
        ? unknownTruth
        : yield* truthOf({ ...options, specification, groundTruth, solution })
    const trap = traps.isTrap(taskId, solver, solution)
    const fresh = { trap, outcome: outcomes.open, score: 0, votes: [] }
    task.submissions.set(solver, { solver, solution, truth, ...fresh })
  })

  const markTraps = (taskId: bigint): void => {
    for (const submission of tasks.get(taskId)?.submissions.values() ?? []) {
      submission.trap = traps.isTrap(taskId, submission.solver, submission.solution)
    }
  }

  const readResult = Effect.fnUntraced(function* (taskId: bigint, submission: Submission) {
    const key = [taskId, submission.solver] as const
    submission.outcome = yield* verdicts.outcomeOf(...key)
    submission.score = scoreOf((yield* results.read.getConsensusResult(key)).consensusScore)
    const votes = yield* results.read.getVotes(key)
    submission.votes = votes.map(({ coordinator, isCorrect, score, stake }) => {
      return { coordinator, correct: isCorrect, score: scoreOf(score), stake }
    })
  })

  const settle = Effect.fnUntraced(function* ({ taskId, solver }: Settled, timeSeconds: number) {
    const task = tasks.get(taskId)
    if (task === undefined) return
    const submissions = [...task.submissions.values()]
    for (const submission of submissions) {
      if (solver === undefined || submission.solver === solver) yield* readResult(taskId, submission)
    }
    const isFinal = solver === undefined || submissions.every(({ outcome }) => outcome !== outcomes.open)
    if (isFinal) task.closedSeconds = timeSeconds
  })

  const observe = Effect.fnUntraced(function* (log: ChainLog, timeSeconds: number) {
    const proposed = taskContract.events.TaskProposed.decode(log)
    if (proposed !== undefined) propose(proposed.taskId, proposed.specHash, timeSeconds)
    const revealed = results.events.GroundTruthRevealed.decode(log)
    const task = revealed === undefined ? undefined : tasks.get(revealed.taskId)
    if (revealed !== undefined && task !== undefined) {
      task.groundTruth = readDocument(store, revealed.cid, decodeGroundTruth)
    }
    const solution = results.events.SolutionRevealed.decode(log)
    if (solution !== undefined) yield* revealSolution(solution.taskId, solution.solver, solution.cid)
    const trapped = traps.observe(log)
    if (trapped !== undefined) markTraps(trapped)
    const slash = staking.events.Slashed.decode(log)
    if (slash !== undefined) {
      slashed.set(slash.participant, (slashed.get(slash.participant) ?? 0n) + slash.amount)
    }
    const settled = verdicts.settledBy(log)
    if (settled !== undefined) yield* settle(settled, timeSeconds)
  })

  return { tasks, slashed, observe }
}

/** A document that somebody put into the store; undefined where it is missing or malformed. */
const readDocument = <A>(
  store: ContentStore,
  cid: string,
  decode: (bytes: Uint8Array) => A,
): A | undefined => {
  try {
    return store.has(cid) ? decode(store.get(cid)) : undefined
  } catch (error) {
    if (error instanceof DocumentMalformed) return undefined
    throw error
  }
}

const MOST_SAID = BigInt(Number.MAX_SAFE_INTEGER)

/** A set that bounds no scores takes any of 256 bits: what no number can say is said as the largest that one can. */
const scoreOf = (score: bigint): number => Number(score > MOST_SAID ? MOST_SAID : score)
