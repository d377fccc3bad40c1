/** One verdict: does an attack succeed in a scenario? Replicates on fresh seeds until that is decided. */
import { estimateMean, type Estimate } from "../results/estimate.ts"
import type { FailedRun } from "../results/experimentResult.ts"
import type { Expectation } from "../results/expectation.ts"
import { metricOf } from "../results/metrics.ts"
import type { RunResult } from "../results/runResult.ts"
import { judgeAt, type SequentialJudgement, type SequentialRule } from "../results/sequential.ts"
import { isFailed, type Player } from "./player.ts"
import type { Scenario } from "../scenario/scenario.ts"
import type { Trial } from "./readTrial.ts"
import { scoreOf } from "./searchTrial.ts"

export interface JudgedAttack {
  readonly judgement: SequentialJudgement
  /** Replicates that were played, with those that failed. */
  readonly replicates: number
  readonly failed: readonly FailedRun[]
  /** ATN that the attacker makes, with all its accounts, and binds at most: means over replicates. */
  readonly profitAtn: Estimate
  readonly capitalAtn: Estimate
  /** Whether the attacker loses something, judged at the same looks. */
  readonly loss: SequentialJudgement
  /** The replicate in which the attacker did best. */
  readonly worst: { readonly seed: number; readonly value: number } | null
}

export interface JudgeOptions {
  readonly trial: Trial
  readonly scenario: Scenario
  readonly player: Player
  readonly firstSeed: number
  readonly alpha: number
  readonly looks: readonly number[]
  readonly order: number
  /** So many replicates more are wanted. */
  readonly onWanted: (count: number) => void
}

/** Rejects with `Interrupted`. */
export async function judgeAttack(options: JudgeOptions): Promise<JudgedAttack> {
  const { trial, scenario, player, firstSeed, looks, alpha, order, onWanted } = options
  const { expectation } = trial.trial.success
  const successRule: SequentialRule = { margin: trial.trial.margin, alpha, looks }
  const runs: RunResult[] = []
  const failed: FailedRun[] = []
  let played = 0
  for (const look of looks) {
    const seeds = Array.from({ length: look - played }, (_, index) => firstSeed + played + index)
    onWanted(seeds.length)
    const results = await Promise.all(seeds.map((seed) => player.play(scenario, seed, order)))
    played = look
    failed.push(...results.filter(isFailed))
    runs.push(...results.flatMap((result) => (isFailed(result) ? [] : [result])))
    // Where all of the first look failed, more replicates would fail as well.
    if (runs.length === 0 || judgeAt(expectation, runs, successRule).verdict !== "undecided") break
  }
  const { attacker } = trial.trial
  return {
    judgement: judgeAt(expectation, runs, successRule),
    replicates: played,
    failed,
    profitAtn: estimateMean(
      runs.flatMap((run) => metricOf(run, { name: "totalProfit", subject: attacker }) ?? []),
    ),
    capitalAtn: estimateMean(
      runs.flatMap((run) => metricOf(run, { name: "capital", subject: attacker }) ?? []),
    ),
    loss: judgeAt(lossOf(attacker), runs, { margin: 1e-9, alpha, looks }),
    worst: worstOf(trial, runs),
  }
}

/** Who loses less has paid for some gas, no price for the attack. */
const LEAST_LOSS_ATN = 0.01

const lossOf = (attacker: string): Expectation => ({
  left: { _tag: "metric", name: "totalProfit", subject: attacker },
  relation: "<",
  right: { _tag: "number", value: -LEAST_LOSS_ATN },
  confidence: 0.95,
  margin: 0,
})

function worstOf({ trial }: Trial, runs: readonly RunResult[]): JudgedAttack["worst"] {
  return runs.reduce<JudgedAttack["worst"]>((worst, run) => {
    const value = scoreOf(trial, run)
    return value === null || (worst !== null && worst.value >= value) ? worst : { seed: run.seed, value }
  }, null)
}
