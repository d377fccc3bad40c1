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
): AuditFailed {
  const lines = mismatches.flatMap((mismatch) => [
    mismatch.message,
    ...divergenceLines(mismatch, played, judge.name, folder),
  ])
  const message = [
    `the audit failed: ${judge.name}, which judges, disagrees with ${played}, so that no result here can be relied on`,
    ...lines,
    `what was played is kept in ${folder}, without a digest, and every resume fails, however little it audits`,
    `the way out is to play it anew on ${judge.name}, whose results stand: run --resume ${folder} --engine ${judge.name}`,
  ].join("\n  ")
  return new AuditFailed({ folder, mismatches, message })
}

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
