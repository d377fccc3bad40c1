/**
 * What V1 to V3 have in common: runs of `laziness.yaml`, and what a coordinator earns a task there.
 *
 * The number of traps in a run is binomial with a mean that is known (V4 tests it), and so is the number of those on
 * which the consensus says "incorrect". Both are control variates: a run's profits are corrected for how far its own
 * counts are from their means, at slopes fixed beforehand. Whatever the slopes, the mean stays what it is; only the
 * variance falls, from what would need a million tasks to what some thousands can give.
 */
import { join } from "node:path"
import type { RunResult, SubmissionResult } from "../../sim/results/runResult.ts"
import { weiToAtn } from "../../sim/results/weiToAtn.ts"
import { playExperiment } from "../run/playExperiment.ts"

export type Mode = "quick" | "full"

/** φ of `laziness.yaml`: the contracts' default. */
export const PHI = 0.05
/** Verification cost of `laziness.yaml`, ATN. */
export const COST = 1
export const JACKPOT = 50
export const MISS_SLASH = 25
export const CONSENSUS_SLASH = 50
export const FEE = 1

const sizes: Readonly<Record<Mode, readonly string[]>> = {
  quick: ["replicates=3", "tasks.perRound=15"],
  full: ["replicates=8", "tasks.perRound=100"],
}

/** A thread takes longer to start than a quick run to play. */
const workers = { quick: 1, full: undefined } as const

export const playLaziness = (mode: Mode, set: readonly string[] = []): Promise<readonly RunResult[]> =>
  playExperiment(join(import.meta.dirname, "laziness.yaml"), [...sizes[mode], ...set], workers[mode])

/** Tasks that were voted on, one submission each. */
export const tasksOf = ({ submissions }: RunResult): readonly SubmissionResult[] => submissions

export const trapsOf = (run: RunResult): readonly SubmissionResult[] =>
  tasksOf(run).filter(({ trap }) => trap)

/** Traps against which those who voted them down had most of the stake. */
export const rejectedTrapsOf = (run: RunResult): readonly SubmissionResult[] =>
  trapsOf(run).filter(({ votes }) => {
    const stakeOf = (correct: boolean) =>
      votes.filter((vote) => vote.correct === correct).reduce((sum, { stake }) => sum + BigInt(stake), 0n)
    return stakeOf(false) > stakeOf(true)
  })

/** Mean profit of a group's agents, ATN a task, costs included. */
export const profitPerTask = (run: RunResult, group: string): number => {
  const members = run.agents.filter((agent) => agent.group === group)
  const profit = members.reduce((sum, { money }) => sum + BigInt(money.profit), 0n)
  return weiToAtn(profit) / members.length / tasksOf(run).length
}

export interface Controls {
  /** P(a task is trapped). */
  readonly phi?: number
  /** P(the consensus says "incorrect" | trap). */
  readonly rejected: number
  /** ATN that each more trap is expected to add. */
  readonly perTrap: number
  /** ATN that each trap adds on which the consensus says "incorrect", beyond that. */
  readonly perRejectedTrap: number
}

/** A run's value a task, corrected for how many traps and rejected traps it happened to have. */
export const controlled = (run: RunResult, perTask: number, controls: Controls): number => {
  const { phi = PHI, rejected, perTrap, perRejectedTrap } = controls
  const tasks = tasksOf(run).length
  const traps = trapsOf(run).length / tasks
  const rejectedTraps = rejectedTrapsOf(run).length / tasks
  return perTask - perTrap * (traps - phi) - perRejectedTrap * (rejectedTraps - phi * rejected)
}

/** Votes that verification without error would not have cast. */
export const errorsOf = (run: RunResult): number =>
  tasksOf(run)
    .flatMap(({ trap, votes }) => votes.map((vote) => ({ trap, ...vote })))
    .filter(({ strategy }) => strategy === "coordinator/honest")
    .filter(({ trap, correct }) => trap === correct).length
