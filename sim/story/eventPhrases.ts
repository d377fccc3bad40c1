/** What followed from a call, by the events that contracts emitted. */
import { outcomes } from "../mechanisms/taskCycle.ts"
import type { Args, Wording } from "./wording.ts"

/** One consequence: whom it concerns (undefined = nobody in particular), and what it is. */
export interface Consequence {
  readonly who: string | undefined
  readonly text: string
  readonly tone: "good" | "bad" | "plain"
}

type EventPhrase = (args: Args, wording: Wording) => Consequence | undefined

const plain = (text: string, who?: string): Consequence => ({ who, text, tone: "plain" })

const nothing: EventPhrase = () => undefined

const outcomeWords: Readonly<Record<number, string>> = {
  [outcomes.correct]: "correct",
  [outcomes.incorrect]: "incorrect",
  [outcomes.undecided]: "left undecided",
  [outcomes.trap]: "a trap",
  [outcomes.workShown]: "taken as work shown",
  [outcomes.notRevealed]: "missing: never revealed",
  [outcomes.void]: "void",
}

/** By the event's name. What the call itself says already, and inner bookkeeping, is left out. */
export const eventPhrases: Readonly<Record<string, EventPhrase>> = {
  ...Object.fromEntries(
    [
      "Approval",
      "Transfer",
      "Staked",
      "TaskScheduled",
      "TaskReserved",
      "TaskReserveClosed",
      "TaskActivated",
      "TaskStatusUpdated",
      "TaskClosed",
      "SolutionCommitted",
      "SolutionRevealed",
      "CheckpointSubmitted",
      "GroundTruthRevealed",
      "VoteCommitted",
      "CoordinatorVoted",
      "BudgetDisbursed",
      "BondUpdated",
      "SubmissionFinalised",
      "ForcedErrorCommitted",
      "ForcedErrorOpened",
      "PublicationRecorded",
    ].map((name) => [name, nothing]),
  ),
  TaskProposed: ({ taskId }) => plain(`it is task ${String(taskId)}`),
  PanelDrawn: ({ panel }, { name }) =>
    plain(`the panel: ${(panel as readonly unknown[]).map(name).join(", ")}`),
  AggregatorDrawn: ({ aggregator }, { name }) => plain(`it is ${name(aggregator)}`),
  YumaConsensusReached: ({ solver, consensusCorrect, consensusScore }, { name }) => ({
    who: name(solver),
    text: `is found ${consensusCorrect === true ? "correct" : "incorrect"}, score ${String(consensusScore)}`,
    tone: consensusCorrect === true ? "good" : "bad",
  }),
  Slashed: ({ participant, amount, reason }, { name, atn }) => ({
    who: name(participant),
    text: `is slashed ${atn(amount)}${String(reason) === "" ? "" : `: ${String(reason)}`}`,
    tone: "bad",
  }),
  ForcedErrorCaught: ({ catcher, jackpotAwarded }, { name, atn }) => ({
    who: name(catcher),
    text: `caught the trap: jackpot of ${atn(jackpotAwarded)}`,
    tone: "good",
  }),
  ForcedErrorMissed: ({ coordinator, slashAmount }, { name, atn }) => ({
    who: name(coordinator),
    text: `approved the trap: ${atn(slashAmount)} are taken`,
    tone: "bad",
  }),
  GlobalModelPublished: ({ reward, publisher }, { name, atn }) => ({
    who: name(publisher),
    text: `gets ${atn(reward)} for it`,
    tone: "good",
  }),
  Unstaked: ({ participant, amount }, { name, atn }) =>
    plain(`gets ${atn(amount)} of stake back`, name(participant)),
  RevenueWithdrawn: ({ shareholder, amount }, { name, atn }) => ({
    who: name(shareholder),
    text: `gets ${atn(amount)} of revenue`,
    tone: "good",
  }),
}

/** Of submissions that no consensus was reached on. */
export const outcomePhrase = ({ solver, outcome }: Args, { name }: Wording): Consequence =>
  plain(`is ${outcomeWords[Number(outcome)] ?? `outcome ${String(outcome)}`}`, name(solver))
