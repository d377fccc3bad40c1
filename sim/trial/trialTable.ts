/** The table of all trials: verdicts that hold together, by Holm. */
import type { Estimate } from "../results/estimate.ts"
import { holm, type Claim } from "../results/sequential.ts"
import type { FoundSetting } from "./searchTrial.ts"
import type { JudgedAttack } from "./judgeAttack.ts"
import type { AttackSetting, Trial } from "./readTrial.ts"
import { FAMILYWISE_ERROR } from "./seeds.ts"

/** Where the options come from that an attack is judged with. */
export type SettingSource = "searched" | "stale" | "not searched"

export interface ChosenSetting {
  readonly setting: AttackSetting
  readonly source: SettingSource
  readonly found: FoundSetting | null
}

export interface JudgedTrial {
  readonly trial: Trial
  readonly chosen: { readonly off: ChosenSetting; readonly on: ChosenSetting }
  readonly judged: { readonly off: JudgedAttack; readonly on: JudgedAttack }
}

export type OffVerdict = "succeeds" | "does not succeed" | "undecided"
export type OnVerdict = "withstood" | "costs the attacker" | "not withstood" | "undecided"

/** What the trial as a whole came to: an attack that was not shown proves nothing about the rule. */
export type Outcome = Exclude<OnVerdict, "undecided"> | "undecided" | "attack not shown"

export interface TrialRow extends JudgedTrial {
  readonly off: OffVerdict
  readonly on: OnVerdict
  readonly outcome: Outcome
  /** What the attacker loses, in ATN, where the rule costs it something. */
  readonly lossAtn: Estimate | null
}

/**
 * All verdicts together have a false one with probability `FAMILYWISE_ERROR` at most. `of` trials were to be judged: those
 * that are missing count like the ones that decide nothing.
 */
export function trialTable(judged: readonly JudgedTrial[], of = judged.length): readonly TrialRow[] {
  const verdicts = judged.flatMap(({ judged: { off, on } }) => [off, on])
  const missing = Array.from({ length: 2 * (of - judged.length) }, () => 1)
  const stands = holm([...verdicts.map(({ judgement }) => judgement.p), ...missing], FAMILYWISE_ERROR)
  return judged.map((trial, index): TrialRow => {
    const { off, on } = trial.judged
    const offClaim = stands[2 * index] === true ? off.judgement.claim : undefined
    const onClaim = stands[2 * index + 1] === true ? on.judgement.claim : undefined
    // Asked only once the attack is known to be withstood, so that it needs no share of the error of its own.
    const loses = isRefuted(onClaim) && on.loss.claim === "holds" && on.loss.p <= alphaOf(of)
    const verdicts = { off: offVerdict(offClaim), on: onVerdict(onClaim, loses) }
    return {
      ...trial,
      ...verdicts,
      outcome: outcomeOf(verdicts),
      lossAtn: loses ? negated(on.profitAtn) : null,
    }
  })
}

/** Of each verdict of a table of so many trials, two verdicts each. */
export const alphaOf = (trials: number): number => FAMILYWISE_ERROR / (2 * Math.max(1, trials))

const isRefuted = (claim: Claim | undefined): boolean => claim === "fails" || claim === "negligible"

const offVerdict = (claim: Claim | undefined): OffVerdict =>
  claim === "holds" ? "succeeds" : isRefuted(claim) ? "does not succeed" : "undecided"

function onVerdict(claim: Claim | undefined, loses: boolean): OnVerdict {
  if (claim === "holds") return "not withstood"
  if (!isRefuted(claim)) return "undecided"
  return loses ? "costs the attacker" : "withstood"
}

function outcomeOf({ off, on }: Pick<TrialRow, "off" | "on">): Outcome {
  if (off === "does not succeed") return "attack not shown"
  return off === "undecided" ? "undecided" : on
}

const negated = ({ mean, lower, upper, replicates }: Estimate): Estimate => ({
  mean: minus(mean),
  lower: minus(upper),
  upper: minus(lower),
  replicates,
})

const minus = (value: number | null): number | null => (value === null ? null : -value)

/** How many trials came to what. */
export function countOutcomes(rows: readonly Pick<TrialRow, "outcome">[]): Readonly<Record<Outcome, number>> {
  const counts = {
    withstood: 0,
    "costs the attacker": 0,
    "not withstood": 0,
    undecided: 0,
    "attack not shown": 0,
  }
  for (const { outcome } of rows) counts[outcome] += 1
  return counts
}
