/** From finished runs to an experiment's result: tables, verdicts, comparisons. Pure: the same runs, the same bytes. */
import type { AuditResult } from "./audit.ts"
import { contractsSummaries } from "./contractsSummary.ts"
import { estimateChange, INTERVAL_CONFIDENCE, isShareLike } from "./estimate.ts"
import type { Expectation, Expression } from "./expectation.ts"
import type {
  BrokenInvariant,
  ComparisonResult,
  ExpectationResult,
  ExperimentResult,
  FailedRun,
  RunReference,
  SettingResult,
} from "./experimentResult.ts"
import { judge, overall, type Verdict } from "./judge.ts"
import type { Manifest } from "./manifest.ts"
import type { RunResult } from "./runResult.ts"
import { accuracyRows, metricRows, strategyRows } from "./summarise.ts"

type Changes = SettingResult["changes"]

export interface AnalysedSetting {
  readonly name: string
  readonly question: string | null
  readonly changes: Changes
  /** In the order of seeds. */
  readonly runs: readonly {
    readonly result: RunResult
    readonly file: string
    readonly trace: string | null
  }[]
}

export interface AnalysisInput {
  readonly name: string
  readonly title: string
  readonly description: string
  readonly manifest: Manifest
  /** The base first. */
  readonly settings: readonly AnalysedSetting[]
  readonly failures: readonly FailedRun[]
  /** Numbers of replicates at which one might have stopped. */
  readonly looks: number
  readonly expectations: readonly {
    readonly statement: string
    readonly why: string | undefined
    readonly expectation: Expectation
  }[]
  readonly comparisons: readonly {
    readonly name: string
    readonly question: string
    readonly measures: readonly { readonly source: string; readonly expression: Expression }[]
  }[]
  readonly audit: AuditResult | null
  /** Over all runs; null while some are missing. */
  readonly digest: string | null
  readonly command: string
}

export function analyse(input: AnalysisInput): ExperimentResult {
  const base = resultsOf(input, "base")
  const expectations = input.expectations.map(({ statement, why, expectation }): ExpectationResult => ({
    statement,
    why: why ?? null,
    ...judge(expectation, base, input.looks),
  }))
  return {
    version: 1,
    name: input.name,
    title: input.title,
    description: input.description,
    intervalConfidence: INTERVAL_CONFIDENCE,
    complete: input.digest !== null,
    manifest: input.manifest,
    contracts: contractsSummaries(input.manifest),
    settings: input.settings.map(settingResult),
    failures: input.failures,
    expectations,
    comparisons: input.comparisons.map((comparison) => comparisonResult(comparison, input)),
    verdict: verdictOf(input, expectations),
    audit: input.audit,
    digest: input.digest,
    command: input.command,
  }
}

/** A broken invariant fails the experiment whatever was expected; a missing run leaves it undecided at best. */
function verdictOf(input: AnalysisInput, expectations: readonly ExpectationResult[]): Verdict {
  const violated = input.settings.some(({ runs }) => runs.some(({ result }) => result.violations.length > 0))
  if (violated) return "fails"
  const verdicts = expectations.map(({ verdict }) => verdict)
  return overall(input.digest === null ? [...verdicts, "undecided"] : verdicts)
}

function resultsOf(input: AnalysisInput, setting: string): readonly RunResult[] {
  return input.settings.find(({ name }) => name === setting)?.runs.map(({ result }) => result) ?? []
}

function settingResult({ name, question, changes, runs }: AnalysedSetting): SettingResult {
  const results = runs.map(({ result }) => result)
  return {
    name,
    question,
    changes,
    runs: runs.map(({ result, file, trace }): RunReference => ({
      seed: result.seed,
      digest: result.digest,
      identity: result.identity,
      file,
      trace,
      virtualSeconds: result.virtualSeconds,
      transactions: result.transactions,
      violations: result.violations.length,
    })),
    strategies: strategyRows(results),
    accuracy: accuracyRows(results),
    metrics: metricRows(results),
    violations: results.reduce((total, { violations }) => total + violations.length, 0),
    brokenInvariants: brokenInvariants(results),
  }
}

function brokenInvariants(results: readonly RunResult[]): readonly BrokenInvariant[] {
  const names = new Set(results.flatMap(({ violations }) => violations.map(({ invariant }) => invariant)))
  return [...names].sort().map((name) => {
    const found = results.flatMap(({ seed, violations }) =>
      violations.filter(({ invariant }) => invariant === name).map((violation) => ({ seed, violation })),
    )
    const { seed, violation } = found[0]!
    return {
      invariant: name,
      runs: new Set(found.map((each) => each.seed)).size,
      violations: found.length,
      first: { seed, block: violation.block, message: violation.message },
    }
  })
}

function comparisonResult(
  { name, question, measures }: AnalysisInput["comparisons"][number],
  input: AnalysisInput,
): ComparisonResult {
  const from = resultsOf(input, "base")
  const to = resultsOf(input, name)
  return {
    name,
    question,
    changes: input.settings.find((setting) => setting.name === name)?.changes ?? {},
    measures: measures.map(({ source, expression }) => ({
      measure: source,
      isShare: isShareLike(expression, [...from, ...to]),
      change: estimateChange(expression, from, to),
    })),
  }
}
