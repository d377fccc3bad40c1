/** Runs of a fast engine that were repeated on the one that judges it: which, and what came of it. */
import { Schema } from "effect"
import { formatCount } from "./format.ts"

/** An EVM engine: its name on the command line, and in full with its version. */
export const EngineRecord = Schema.Struct({ name: Schema.String, version: Schema.String })
export type EngineRecord = typeof EngineRecord.Type

export const RunName = Schema.Struct({ setting: Schema.String, seed: Schema.Int })
export type RunName = typeof RunName.Type

/** The random sample that is repeated, drawn before anything is played, and what earlier starts had repeated. */
export const AuditPlan = Schema.Struct({
  /** Of all runs, 0 to 1; above 0 a sample is never empty. */
  share: Schema.Finite,
  /** The engine that judges. */
  engine: EngineRecord,
  /** Of the draw. A larger share under the same seed takes in the smaller one's runs. */
  seed: Schema.String,
  /** In the order of the plan. */
  runs: Schema.Array(RunName),
})
export type AuditPlan = typeof AuditPlan.Type

/** Where two playings of one run part. */
export const Divergence = Schema.Struct({
  /** Number of the first trace event that differs, from 1; null where traces are equal and results are not. */
  event: Schema.NullOr(Schema.Int),
  /** The event as a line of the trace, or the values that differ; null where there is none. */
  played: Schema.NullOr(Schema.String),
  judged: Schema.NullOr(Schema.String),
})
export type Divergence = typeof Divergence.Type

/** A run that the judge disagrees with. */
export const AuditMismatch = Schema.Struct({
  ...RunName.fields,
  digest: Schema.String,
  /** Null where the judge's playing failed; `message` says how. */
  judgeDigest: Schema.NullOr(Schema.String),
  message: Schema.String,
  /** Looked for in the first mismatch only. */
  divergence: Schema.NullOr(Divergence),
})
export type AuditMismatch = typeof AuditMismatch.Type

export const AuditResult = Schema.Struct({
  equal: Schema.Array(RunName),
  unequal: Schema.Array(AuditMismatch),
  /** Of the sample, but without a result to compare. */
  missing: Schema.Array(RunName),
})
export type AuditResult = typeof AuditResult.Type

/** `1 of 12 runs repeated on ethereumjs, equal`; undefined where the judge itself played. */
export const auditSentence = (
  plan: AuditPlan | null,
  result: AuditResult | null,
  runs: number,
): string | undefined => {
  if (plan === null || result === null) return undefined
  if (plan.runs.length === 0) return `not audited: ${plan.engine.name}, which judges, repeated no run`
  const { equal, unequal, missing } = result
  const repeated = equal.length + unequal.length
  const outcome =
    unequal.length > 0
      ? `${unequal.length} different: nothing here can be relied on`
      : repeated > 0
        ? "equal"
        : "nothing to compare"
  const without = missing.length === 0 ? "" : `; ${formatCount(missing.length, "run")} without a result`
  return `${repeated} of ${formatCount(runs, "run")} repeated on ${plan.engine.name}, ${outcome}${without}`
}
