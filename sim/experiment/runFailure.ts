/** A run that failed inside its world, as a worker reports it. */
import { fileURLToPath } from "node:url"
import { microsToSeconds } from "../kernel/time.ts"
import type { JobFailed } from "./workerMessages.ts"

/** Errors of the kernel carry the agent's name and the virtual time; others have a message. */
export function failureOf(error: unknown): JobFailed {
  const detail = (typeof error === "object" && error !== null ? error : {}) as Record<string, unknown>
  return {
    type: "failed",
    message: withoutFrames(error instanceof Error ? error.message || String(error) : String(error)),
    tag: String(detail["_tag"] ?? detail["name"] ?? "Error"),
    agent: typeof detail["agent"] === "string" ? detail["agent"] : null,
    timeSeconds: typeof detail["timeMicros"] === "number" ? microsToSeconds(detail["timeMicros"]) : null,
  }
}

/** Not the place in a document, which Schema gives as `at ["virtualSeconds"]`. */
const FRAME = /^\s+at (?!\[["\d]).+/
/** A place in a file from outside the program. */
const OUTSIDE = /(file:\/\/\S+?)\?outside=\d+:(\d+)/

/** Where a stack is in the message, its first line gets the place in a strategy's file; frames of the program go. */
function withoutFrames(message: string): string {
  const lines = message.split("\n")
  const frames = lines.filter((line) => FRAME.test(line))
  const [first = "", ...others] = lines.filter((line) => !FRAME.test(line))
  const [, file, line] = OUTSIDE.exec(frames.join("\n")) ?? []
  const at = file === undefined ? "" : ` (${fileURLToPath(file)}:${line})`
  return [first + at, ...others].join("\n")
}
