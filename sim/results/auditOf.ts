import { auditSentence } from "./audit.ts"
import type { ExperimentResult } from "./experimentResult.ts"

/** What came of the audit, in a line; undefined where the judge itself played. */
export const auditOf = ({ manifest, audit, settings }: ExperimentResult): string | undefined =>
  auditSentence(
    manifest.audit,
    audit,
    settings.reduce((sum, { runs }) => sum + runs.length, 0),
  )
