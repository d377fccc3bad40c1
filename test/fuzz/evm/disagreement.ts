/** Where two engines part. */

export interface Disagreement {
  /** The step of the scenario, counted from 0. */
  readonly step: number
  /** What was compared: `gasUsed`, `balance of 0x…`, … */
  readonly what: string
  readonly reference: string
  readonly subject: string
}

export const describeDisagreement = ({ step, what, reference, subject }: Disagreement): string =>
  `step ${step}, ${what}: the reference says ${shown(reference)}, the subject ${shown(subject)}`

const longest = 400

const shown = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text)

type Difference = Pick<Disagreement, "what" | "reference" | "subject">

/** The first thing in which two values of the same kind differ, named by its path. */
export const firstDifference = (
  reference: unknown,
  subject: unknown,
  path: string,
): Difference | undefined => {
  if (Object.is(reference, subject)) return undefined
  if (!isObject(reference) || !isObject(subject)) {
    return { what: path, reference: String(reference), subject: String(subject) }
  }
  for (const key of new Set([...Object.keys(reference), ...Object.keys(subject)])) {
    const found = firstDifference(reference[key], subject[key], path === "" ? key : `${path}.${key}`)
    if (found !== undefined) return found
  }
  return undefined
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null
