/** The table of trials as data: what `--json` prints and `trials.json` keeps. */
import type { Estimate } from "../results/estimate.ts"
import type { JudgedAttack } from "../trial/judgeAttack.ts"
import type { Rule } from "../trial/readTrial.ts"
import { FAMILYWISE_ERROR, TRAINING_SEEDS } from "../trial/seeds.ts"
import { countOutcomes, type Outcome, type TrialRow } from "../trial/trialTable.ts"
import { EXIT } from "./exitCodes.ts"
import { nameOfFile, replayCommand } from "./trialCommands.ts"

export interface VerdictDocument {
  readonly verdict: string
  /** Left − right of the attack's success in its direction: above 0, it succeeds. */
  readonly effect: number | null
  /** Ends of its 95 % interval, by itself; null where unknown. */
  readonly effectLower: number | null
  readonly effectUpper: number | null
  /** At which the verdict would still be made, repeated looks accounted for. */
  readonly p: number
  readonly replicates: number
  /** That a decision would need, estimated; null where there is one, or nothing to estimate from. */
  readonly needed: number | null
  readonly failures: readonly { readonly seed: number; readonly message: string }[]
  /** Values by path; empty = as in the file. */
  readonly setting: Readonly<Record<string, unknown>>
  readonly source: string
  /** On training seeds; null where the options were not searched. */
  readonly trainingScore: number | null
  readonly searchedRuns: number | null
  readonly searchFailures: number | null
  readonly profitAtn: Estimate
  readonly capitalAtn: Estimate
  /** The replicate in which the attacker did best, and what plays it again. */
  readonly worst: { readonly seed: number; readonly value: number; readonly command: string } | null
}

export interface RowDocument {
  readonly name: string
  readonly file: string
  readonly attack: string
  readonly role: string
  readonly attacker: string
  readonly success: string
  readonly margin: number
  readonly rule: string
  readonly outcome: Outcome
  readonly off: VerdictDocument
  readonly on: VerdictDocument
  readonly lossAtn: Estimate | null
}

export interface TrialsDocument {
  readonly version: 1
  readonly familywiseError: number
  readonly procedure: string
  readonly trainingSeeds: readonly number[]
  readonly firstFreshSeed: number
  /** Trials that were to be judged; fewer are below where it was interrupted. */
  readonly asked: number
  readonly summary: Readonly<Record<Outcome, number>>
  readonly trials: readonly RowDocument[]
}

export function trialDocument(
  rows: readonly TrialRow[],
  { asked, firstFreshSeed }: Pick<TrialsDocument, "asked" | "firstFreshSeed">,
): TrialsDocument {
  return {
    version: 1,
    familywiseError: FAMILYWISE_ERROR,
    procedure:
      "Holm over all verdicts, off and on; each judged at doubling numbers of replicates, with Bonferroni over these looks",
    trainingSeeds: TRAINING_SEEDS,
    firstFreshSeed,
    asked,
    summary: countOutcomes(rows),
    trials: rows.map(rowDocument),
  }
}

function rowDocument(row: TrialRow): RowDocument {
  const { trial, outcome, lossAtn } = row
  const { attack, role, attacker, success, margin, rule } = trial.trial
  return {
    name: trial.name,
    file: nameOfFile(trial),
    attack,
    role,
    attacker,
    success: success.statement,
    margin,
    rule,
    outcome,
    off: verdictDocument(row, "off"),
    on: verdictDocument(row, "on"),
    lossAtn,
  }
}

function verdictDocument(row: TrialRow, rule: Rule): VerdictDocument {
  const { judgement, replicates, failed, profitAtn, capitalAtn, worst }: JudgedAttack = row.judged[rule]
  const { setting, source, found } = row.chosen[rule]
  return {
    verdict: row[rule],
    effect: judgement.effect,
    effectLower: judgement.lower,
    effectUpper: judgement.upper,
    p: judgement.p,
    replicates,
    needed: row[rule] === "undecided" ? judgement.needed : null,
    failures: failed.map(({ seed, message }) => ({ seed, message })),
    setting,
    source,
    trainingScore: found?.score ?? null,
    searchedRuns: found?.runs ?? null,
    searchFailures: found?.failures ?? null,
    profitAtn,
    capitalAtn,
    worst: worst === null ? null : { ...worst, command: replayCommand(row.trial, rule, setting, worst.seed) },
  }
}

/** A run without a result is worse than an attack that was not shown, that than a verdict left open. */
export function trialExitCode({ trials, summary }: Pick<TrialsDocument, "trials" | "summary">): number {
  if (trials.some(({ off, on }) => off.failures.length + on.failures.length > 0)) return EXIT.internal
  if (summary["attack not shown"] > 0) return EXIT.fails
  return summary.undecided > 0 ? EXIT.undecided : EXIT.holds
}
