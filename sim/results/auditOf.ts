import { auditSentence } from "./audit.ts"
import type { ExperimentResult } from "./experimentResult.ts"

/** What came of the audit, in a line; undefined where the judge itself played. */
export const auditOf = ({ manifest, audit }: ExperimentResult): string | undefined =>
  auditSentence(manifest.audit, audit, manifest.inputs.settings.length * manifest.inputs.seeds.length)
