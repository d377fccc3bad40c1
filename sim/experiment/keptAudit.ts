/** What a continued experiment audits: never less than its earlier starts did. */
import type { AuditPlan } from "../results/audit.ts"
import type { Manifest } from "../results/manifest.ts"
import type { JudgedRun } from "./auditFolder.ts"
import { runKey } from "./outputFolder.ts"
import type { Job } from "./workerMessages.ts"

/**
 * Adds to the audit that is asked for what the last start on the same engine had planned, and every run that the judge
 * has played at any start. Whoever asks for less would otherwise get rid of evidence against an engine.
 */
export function keptAudit(
  asked: Pick<Manifest, "audit" | "engine">,
  before: Pick<Manifest, "audit" | "engine">,
  judged: ReadonlyMap<string, JudgedRun>,
  planned: readonly Job[],
): AuditPlan | null {
  const earlier = before.engine.name === asked.engine.name ? before.audit : null
  const plan = asked.audit ?? earlier
  if (plan === null) return null
  const names = new Set([...plan.runs, ...(earlier?.runs ?? [])].map(runKey))
  const runs = planned
    .filter((job) => names.has(runKey(job)) || isJudgedBy(plan.engine.name, job, judged.get(runKey(job))))
    .map(({ setting, seed }) => ({ setting, seed }))
  return { ...plan, share: Math.max(plan.share, earlier?.share ?? 0), runs }
}

/** Whether the judge has played this run, of these inputs. */
export function isJudgedBy(judge: string, job: Job, run: JudgedRun | undefined): boolean {
  return run !== undefined && run.identity === job.identity && run.engine === judge
}
