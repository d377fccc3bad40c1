/** The kept data as lines of JSON: what was compared, then one line a run. */
import type { Evidence, Run } from "./experiment.ts"

export const encodeEvidence = ({ runs, ...head }: Evidence): string =>
  [head, ...runs].map((line) => `${JSON.stringify(line)}\n`).join("")

export const decodeEvidence = (text: string): Evidence => {
  const [head, ...runs] = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown)
  return { ...(head as Omit<Evidence, "runs">), runs: runs as readonly Run[] }
}
