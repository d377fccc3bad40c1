/** The life of a coordinator around the judgement itself: stake, take a seat when drawn, commit votes, reveal them. */
import { Effect } from "effect"
import { Chain } from "../../../chain/chain.ts"
import type { Address, Hex } from "viem"
import { parameterKey } from "../../../chain/suite.ts"
import type { Agent } from "../agent.ts"
import { randomBytes32 } from "../steps/draw.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { forEachEvent } from "../steps/awaitEvent.ts"
import { stakeAs, topUpStake } from "../steps/join.ts"
import { readSchedule } from "../steps/schedule.ts"

/** What a coordinator says about a submission. */
export interface Opinion {
  readonly correct: boolean
  /** 0 to 100. */
  readonly score: number
}

/** A revealed submission that the panel has to judge. */
export interface SubmissionToJudge {
  readonly taskId: bigint
  readonly solver: Address
  /** Content identifier of the revealed update. */
  readonly solution: string
}

interface Vote extends Opinion {
  readonly solver: Address
  readonly salt: Hex
}

/** No report is published besides the vote. */
const NO_REPORT = ""

/** Stakes, then votes on every submission of every task whose panel it sits on, as `judge` says. */
export const voteOnTasks = <E, R>(
  agent: Agent,
  judge: (submission: SubmissionToJudge) => Effect.Effect<Opinion, E, R>,
) =>
  Effect.gen(function* () {
    yield* stakeAs(agent, "coordinator", agent.stakeWei)
    const { results, tasks } = agent.contracts
    const drawn = forEachEvent(results.events.PanelDrawn, ({ taskId, panel }) =>
      panel.includes(agent.account) ? sitOnPanel(agent, taskId, judge) : Effect.void,
    )
    const open = forEachEvent(tasks.events.TaskProposed, ({ taskId }) => joinOpenVote(agent, taskId, judge))
    yield* Effect.all([drawn, open], { concurrency: "unbounded", discard: true })
  })

/** Where no panel is drawn, every coordinator votes on every task. */
const joinOpenVote = Effect.fnUntraced(function* <E, R>(
  agent: Agent,
  taskId: bigint,
  judge: (submission: SubmissionToJudge) => Effect.Effect<Opinion, E, R>,
) {
  const panelSize = yield* agent.contracts.results.read.parameter([parameterKey("panelSize")])
  if (panelSize > 0n) return
  const chain = yield* Chain
  yield* chain.awaitBlock((yield* readSchedule(agent, taskId)).solutionEnd)
  yield* sitOnPanel(agent, taskId, judge)
})

const sitOnPanel = Effect.fnUntraced(function* <E, R>(
  agent: Agent,
  taskId: bigint,
  judge: (submission: SubmissionToJudge) => Effect.Effect<Opinion, E, R>,
) {
  const { results } = agent.contracts
  const chain = yield* Chain
  const schedule = yield* readSchedule(agent, taskId)
  const submissions = yield* revealedSubmissions(agent, taskId)
  const votes: Vote[] = []
  for (const submission of submissions) {
    const opinion = yield* judge(submission)
    votes.push({ ...opinion, solver: submission.solver, salt: yield* randomBytes32 })
  }
  yield* together(votes, (vote) => commitVote(agent, taskId, vote))
  yield* chain.awaitBlock(schedule.voteCommitEnd)
  yield* together(votes, ({ solver, correct, score, salt }) =>
    expectRevert(results.write.revealVote([taskId, solver, correct, BigInt(score), NO_REPORT, salt])),
  )
  yield* chain.awaitBlock(schedule.openingEnd + 2n)
  yield* topUpStake(agent)
})

const commitVote = Effect.fnUntraced(function* (agent: Agent, taskId: bigint, vote: Vote) {
  const { results } = agent.contracts
  const { solver, correct, score, salt } = vote
  const commitment = yield* results.read.voteCommitmentFor([
    taskId,
    solver,
    agent.account,
    correct,
    BigInt(score),
    NO_REPORT,
    salt,
  ])
  yield* expectRevert(results.write.commitVote([taskId, solver, commitment]))
})

/** Submissions whose solver has revealed them, in the order of commitment. */
const revealedSubmissions = Effect.fnUntraced(function* (agent: Agent, taskId: bigint) {
  const { tasks, results } = agent.contracts
  const solvers = yield* tasks.read.getCommittedSolvers([taskId])
  const submissions: SubmissionToJudge[] = []
  for (const solver of solvers) {
    const solution = yield* results.read.revealedSolutions([taskId, solver])
    if (solution !== "") submissions.push({ taskId, solver, solution })
  }
  return submissions
})

/** At once, so that one block can hold them all. */
const together = <A, B, E, R>(items: readonly A[], act: (item: A) => Effect.Effect<B, E, R>) =>
  Effect.forEach(items, act, { concurrency: "unbounded", discard: true })
