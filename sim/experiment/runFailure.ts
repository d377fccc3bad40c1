/** A run that failed inside its world, as a worker reports it. */
import { microsToSeconds } from "../kernel/time.ts"
import type { JobFailed } from "./workerMessages.ts"

/** Errors of the kernel carry the agent's name and the virtual time; others have a message. */
export function failureOf(error: unknown): JobFailed {
  const detail = (typeof error === "object" && error !== null ? error : {}) as Record<string, unknown>
  return {
    type: "failed",
    message: error instanceof Error ? error.message || String(error) : String(error),
    tag: String(detail["_tag"] ?? detail["name"] ?? "Error"),
    agent: typeof detail["agent"] === "string" ? detail["agent"] : null,
    timeSeconds: typeof detail["timeMicros"] === "number" ? microsToSeconds(detail["timeMicros"]) : null,
  }
}
