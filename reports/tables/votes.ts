import { weiToAtn } from "../../sim/results/weiToAtn.ts"
import type { RunResult } from "../../sim/results/runResult.ts"
import { boolean, integer, number, runColumns, type Table, text } from "./table.ts"

export interface VoteRow {
  readonly setting: string
  readonly seed: number
  readonly taskId: number
  readonly round: number
  readonly solver: string
  readonly coordinator: string
  readonly strategy: string
  readonly correct: boolean
  readonly score: number
  readonly stakeAtn: number
  readonly aligned: boolean | null
}

/** One row a revealed vote. */
export const votesTable = (runs: readonly RunResult[]): Table<VoteRow> => ({
  name: "votes",
  caption: "One row a revealed vote: who voted what on whose submission, and whether consensus agreed.",
  columns: {
    ...runColumns,
    taskId: integer("task"),
    round: integer("training round"),
    solver: text("whose submission was judged"),
    coordinator: text("who voted"),
    strategy: text("strategy of the coordinator"),
    correct: boolean("voted for correct"),
    score: integer("score given, 0 to 100"),
    stakeAtn: number("stake behind the vote, ATN"),
    aligned: boolean("agreed with the consensus; null where none was reached"),
  },
  rows: runs.flatMap((run) =>
    run.submissions.flatMap((submission) =>
      submission.votes.map((vote) => ({
        setting: run.setting,
        seed: run.seed,
        taskId: submission.taskId,
        round: submission.round,
        solver: submission.solver,
        coordinator: vote.coordinator,
        strategy: vote.strategy,
        correct: vote.correct,
        score: vote.score,
        stakeAtn: weiToAtn(vote.stake),
        aligned: vote.aligned,
      })),
    ),
  ),
})
