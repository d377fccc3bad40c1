/** What agents note in the trace about their own decisions, in words. */
import type { Args, Wording } from "./wording.ts"

type NotePhrase = (note: Args, wording: Wording) => string

const solution = ({ solver, taskId }: Args, { name }: Wording): string =>
  `${name(solver)}'s solution of task ${String(taskId)}`

/** By the kind that `record` was given. */
const phrases: Readonly<Record<string, NotePhrase>> = {
  unseen: (note, wording) => `does not look at ${solution(note, wording)}`,
  audit: (note, wording) => {
    const problem = note["problem"] === null ? "nothing wrong" : String(note["problem"])
    return `recomputes a part of ${solution(note, wording)}: ${problem}`
  },
  diverged: ({ problem }) => `gives up on a training that diverged: ${String(problem)}`,
}

export const notePhrase = (kind: string, note: unknown, wording: Wording): string => {
  const phrase = phrases[kind]
  return phrase !== undefined && isArgs(note)
    ? phrase(note, wording)
    : `notes ${kind}: ${textOf(note, wording)}`
}

const isArgs = (note: unknown): note is Args =>
  typeof note === "object" && note !== null && !Array.isArray(note)

const textOf = (note: unknown, wording: Wording): string =>
  isArgs(note)
    ? Object.entries(note)
        .map(([key, value]) => `${key} ${valueOf(value, wording)}`)
        .join(", ")
    : valueOf(note, wording)

const valueOf = (value: unknown, { name }: Wording): string => {
  if (typeof value === "string") return /^0x[0-9a-fA-F]{40}$/.test(value) ? name(value) : value
  return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "bigint" ? String(inner) : inner))
}
