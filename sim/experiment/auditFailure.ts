/** What a failed audit says: which run, both digests, where they part, and what is left. */
import type { AuditMismatch, AuditPlan } from "../results/audit.ts"
import { AuditFailed } from "./audit.ts"
import { AUDITS_FOLDER } from "./auditFolder.ts"

const LONGEST_LINE = 600

export function auditFailure(
  folder: string,
  played: string,
  { engine: judge }: AuditPlan,
  mismatches: readonly AuditMismatch[],
  strategyFiles: readonly string[],
): AuditFailed {
  const lines = mismatches.flatMap((mismatch) => [
    mismatch.message,
    ...divergenceLines(mismatch, played, judge.name, folder),
  ])
  const message = [
    `the audit failed: ${judge.name}, which judges, disagrees with ${played}, so that no result here can be relied on`,
    ...lines,
    ...(strategyFiles.length === 0 ? [] : suspects(strategyFiles)),
    `what was played is kept in ${folder}, without a digest, and every resume fails, however little it audits`,
    `the way out is to play it anew on ${judge.name}, whose results stand: run --resume ${folder} --engine ${judge.name}`,
  ].join("\n  ")
  return new AuditFailed({ folder, mismatches, message })
}

/** Engines that agree part as well where a strategy does not do the same twice. */
const suspects = (files: readonly string[]): readonly string[] => [
  `this need not be an engine's fault: a strategy from a file plays too (${files.join(", ")}), and one that is not`,
  "  reproducible parts any two runs; run --check plays each run twice on one engine: if these differ, mend the strategy",
]

function divergenceLines(
  { divergence }: AuditMismatch,
  played: string,
  judge: string,
  folder: string,
): readonly string[] {
  if (divergence === null) return []
  const { event } = divergence
  const what =
    event === null ? "equal traces, but another result" : `first event that differs: number ${event}`
  return [
    `${what}; both traces and results are in ${folder}/${AUDITS_FOLDER}`,
    `  ${played}: ${short(divergence.played)}`,
    `  ${judge}: ${short(divergence.judged)}`,
  ]
}

function short(line: string | null): string {
  if (line === null) return "nothing: it ended before"
  return line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)}…` : line
}
