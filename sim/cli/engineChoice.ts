/** Which EVM engine plays, and how much of it another one repeats. */
import type { AuditOptions } from "../experiment/audit.ts"
import { DEFAULT_AUDIT_SHARE } from "../experiment/auditSample.ts"
import type { Manifest } from "../results/manifest.ts"
import { didYouMean } from "../scenario/didYouMean.ts"
import type { RunCommand } from "./commandLine.ts"
import type { Engines } from "./simulatedWorld.ts"
import { UsageError } from "./usageError.ts"

export interface EngineChoice {
  readonly engine: string
  readonly audit: AuditOptions | undefined
}

/** As on the command line, else as in the manifest of an experiment to resume. Throws `UsageError`. */
export function engineChoice(
  command: Pick<RunCommand, "engine" | "auditShare">,
  engines: Engines,
  before: Pick<Manifest, "engine" | "audit"> | undefined,
): EngineChoice {
  const { names, judge } = engines
  const engine = command.engine ?? before?.engine.name ?? engines.default
  if (!names.includes(engine)) {
    const hint = didYouMean(engine, names)
    throw new UsageError(`--engine: expected ${names.join(" or ")}, found ${JSON.stringify(engine)}${hint}`)
  }
  if (engine === judge) {
    if (command.auditShare === undefined || command.auditShare === 0) return { engine, audit: undefined }
    const others = names.filter((name) => name !== judge).join(" or ")
    const message = `--audit-share: ${judge} is the engine that judges; to play its runs twice, use --check`
    throw new UsageError(others === "" ? message : `${message}; to audit ${others}, name it with --engine`)
  }
  const kept = before?.engine.name === engine ? (before.audit?.share ?? 0) : undefined
  if (command.auditShare !== undefined && command.auditShare < (kept ?? 0)) {
    const asked = `expected ${kept}, as at the first start, or more, found ${command.auditShare}`
    throw new UsageError(`--audit-share: ${asked}; what is to be audited stays so when it is resumed`)
  }
  return { engine, audit: { share: command.auditShare ?? kept ?? DEFAULT_AUDIT_SHARE, engine: judge } }
}
