/**
 * What an experiment leaves behind (`experiment.json`): settings with their runs, tables, verdicts, comparisons.
 *
 * Plain data like `runResult.ts`. The runs themselves stand beside it, one file each (`RunReference.file`). Money is in
 * ATN here, since these are statistics; every mean has its interval and its number of replicates.
 */
import { Schema } from "effect"
import { AuditResult } from "./audit.ts"
import { ContractsSummary } from "./contractsSummary.ts"
import { Change, Estimate } from "./estimate.ts"
import { Manifest } from "./manifest.ts"

/** Of one expectation, or of all: `negligible` = there is no effect larger than the margin. */
export const VerdictName = Schema.Literals(["holds", "fails", "undecided", "negligible"])

/** A finished run of a setting. */
export const RunReference = Schema.Struct({
  seed: Schema.Int,
  /** SHA-256 of the run's trace and final state. */
  digest: Schema.String,
  /** SHA-256 of the run's inputs. */
  identity: Schema.String,
  /** Path of the run's result, a `RunResult`, relative to the output folder. */
  file: Schema.String,
  /** Path of the trace, if it was asked for. */
  trace: Schema.NullOr(Schema.String),
  virtualSeconds: Schema.Finite,
  transactions: Schema.Int,
  violations: Schema.Int,
})
export type RunReference = typeof RunReference.Type

/** A run that ended without a result. */
export const FailedRun = Schema.Struct({
  setting: Schema.String,
  seed: Schema.Int,
  /**
   * `hang`: one step took longer than the watchdog allows; `crash`: the worker died; `error`: the run failed;
   * `input`: the scenario can't be played as it is.
   */
  reason: Schema.Literals(["hang", "crash", "error", "input"]),
  agent: Schema.NullOr(Schema.String),
  timeSeconds: Schema.NullOr(Schema.Finite),
  message: Schema.String,
})
export type FailedRun = typeof FailedRun.Type

/** The agents of one strategy (or group), means per agent and replicate. */
export const StrategyRow = Schema.Struct({
  strategy: Schema.String,
  role: Schema.String,
  group: Schema.NullOr(Schema.String),
  /** Agents in each run. */
  agents: Schema.Int,
  profitAtn: Estimate,
  slashedAtn: Estimate,
  votes: Estimate,
  falseAccepts: Estimate,
  falseRejects: Estimate,
  missedTraps: Estimate,
})
export type StrategyRow = typeof StrategyRow.Type

/** The global model's accuracy on the held-out set after a round; round 0 is the initial model. */
export const AccuracyRow = Schema.Struct({ round: Schema.Int, module: Schema.String, accuracy: Estimate })
export type AccuracyRow = typeof AccuracyRow.Type

export const MetricRow = Schema.Struct({
  name: Schema.String,
  value: Estimate,
  /** Pooled counts, where the metric is a share. */
  count: Schema.NullOr(Schema.Int),
  of: Schema.NullOr(Schema.Int),
})
export type MetricRow = typeof MetricRow.Type

/** One invariant that did not hold: in how many runs, and where it was first seen. */
export const BrokenInvariant = Schema.Struct({
  invariant: Schema.String,
  /** Runs in which it was violated. */
  runs: Schema.Int,
  violations: Schema.Int,
  /** The first violation in the first of these runs. */
  first: Schema.Struct({ seed: Schema.Int, block: Schema.Int, message: Schema.String }),
})
export type BrokenInvariant = typeof BrokenInvariant.Type

export const SettingResult = Schema.Struct({
  name: Schema.String,
  question: Schema.NullOr(Schema.String),
  /** Changes against the base, by path; empty for the base. */
  changes: Schema.Record(Schema.String, Schema.Json),
  runs: Schema.Array(RunReference),
  strategies: Schema.Array(StrategyRow),
  accuracy: Schema.Array(AccuracyRow),
  metrics: Schema.Array(MetricRow),
  /** Invariant violations over all runs. */
  violations: Schema.Int,
  /** The invariants that they are of, in the order of their names. */
  brokenInvariants: Schema.Array(BrokenInvariant),
})
export type SettingResult = typeof SettingResult.Type

export const ExpectationResult = Schema.Struct({
  statement: Schema.String,
  why: Schema.NullOr(Schema.String),
  verdict: VerdictName,
  confidence: Schema.Finite,
  left: Schema.NullOr(Schema.Finite),
  right: Schema.NullOr(Schema.Finite),
  /** Mean of left − right per replicate, and its one-sided bounds at the confidence. */
  difference: Schema.NullOr(Schema.Finite),
  lower: Schema.NullOr(Schema.Finite),
  upper: Schema.NullOr(Schema.Finite),
  replicates: Schema.Int,
  note: Schema.String,
})
export type ExpectationResult = typeof ExpectationResult.Type

export const MeasureResult = Schema.Struct({
  measure: Schema.String,
  /** Whether the measure is a share, to be shown in percent. */
  isShare: Schema.Boolean,
  change: Change,
})
export type MeasureResult = typeof MeasureResult.Type

export const ComparisonResult = Schema.Struct({
  name: Schema.String,
  question: Schema.String,
  changes: Schema.Record(Schema.String, Schema.Json),
  measures: Schema.Array(MeasureResult),
})
export type ComparisonResult = typeof ComparisonResult.Type

export const ExperimentResult = Schema.Struct({
  version: Schema.Literal(1),
  name: Schema.String,
  title: Schema.String,
  description: Schema.String,
  /** Confidence of all two-sided intervals in this document. */
  intervalConfidence: Schema.Finite,
  /** Whether every planned run has a sound result. */
  complete: Schema.Boolean,
  manifest: Manifest,
  /** Which settings ran on which contracts; the manifest says more. */
  contracts: Schema.Array(ContractsSummary),
  /** The base first, then the comparisons in the order of the scenario. */
  settings: Schema.Array(SettingResult),
  failures: Schema.Array(FailedRun),
  expectations: Schema.Array(ExpectationResult),
  comparisons: Schema.Array(ComparisonResult),
  verdict: VerdictName,
  /** What came of repeating runs on another engine; null where none was to be repeated. */
  audit: Schema.NullOr(AuditResult),
  /** SHA-256 over identity and the digests of all runs in order; null while runs are missing or an audit failed. */
  digest: Schema.NullOr(Schema.String),
  /** A command that does all of it again. */
  command: Schema.String,
})
export type ExperimentResult = typeof ExperimentResult.Type
