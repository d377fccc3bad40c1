/** `autonet-sim cache`: what is kept between starts, and its removal. */
import {
  cacheKindNames,
  cacheKinds,
  clearKind,
  defaultCacheDirectory,
  filesOf,
  type CacheKind,
} from "../cache/cacheFolder.ts"
import { formatCount, formatDecimal, formatInteger } from "../results/format.ts"
import type { CacheCommand } from "./commandLine.ts"
import { alignRows, type Style } from "./terminal.ts"

/** Does what is asked and returns what to print. */
export function cacheCommand({ action, only, json }: CacheCommand, style: Style): string {
  const directory = defaultCacheDirectory(process.env)
  if (action === "clear") return clear(directory, only, json)
  return json
    ? asJson({ directory, kinds: cacheKindNames.map((kind) => asData(directory, kind)) })
    : show(directory, style)
}

const asJson = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`

interface KindData {
  readonly kind: CacheKind
  readonly entries: number
  readonly bytes: number
  /** Null = none. */
  readonly limitBytes: number | null
  /** ISO 8601; null where there is nothing. */
  readonly firstUsed: string | null
  readonly lastUsed: string | null
}

/** Of one kind: the entry that was used longest ago, which goes first, and the latest. */
function asData(directory: string, kind: CacheKind): KindData {
  const files = filesOf(directory, kind)
  const times = files.map(({ usedMs }) => usedMs).toSorted((a, b) => a - b)
  return {
    kind,
    entries: files.length,
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    limitBytes: cacheKinds[kind].limitBytes ?? null,
    firstUsed: isoOf(times[0]),
    lastUsed: isoOf(times.at(-1)),
  }
}

const isoOf = (timeMs: number | undefined): string | null =>
  timeMs === undefined ? null : new Date(timeMs).toISOString()

function show(directory: string, style: Style): string {
  const all = cacheKindNames.map((kind) => asData(directory, kind))
  const rows = all.map(({ kind, entries, bytes, limitBytes, firstUsed, lastUsed }) => [
    kind,
    cacheKinds[kind].title,
    formatInteger(entries),
    mebibytes(bytes),
    limitBytes === null ? "none" : mebibytes(limitBytes),
    firstUsed === null ? "-" : ageText(firstUsed),
    lastUsed === null ? "-" : ageText(lastUsed),
  ])
  const header = ["kind", "what", "entries", "MiB", "limit MiB", "oldest use", "latest use"]
  const [head, ...body] = alignRows(
    [header, ...rows],
    ["left", "left", "right", "right", "right", "right", "right"],
  )
  const bytes = all.reduce((sum, each) => sum + each.bytes, 0)
  return `${[style.strong(head ?? ""), ...body, "", `${mebibytes(bytes)} MiB in ${directory}`, HINT].join("\n")}\n`
}

const HINT = "Clearing it loses nothing but time: autonet-sim cache clear [--only KIND ...]"

function clear(directory: string, only: readonly CacheKind[], json: boolean): string {
  const cleared = (only.length === 0 ? cacheKindNames : only).map((kind) => ({
    kind,
    ...clearKind(directory, kind),
  }))
  if (json) return asJson({ directory, cleared })
  const lines = cleared.flatMap(({ kind, entries, bytes, left }) => [
    `${kind}: removed ${formatCount(entries, "entry", "entries")}, ${mebibytes(bytes)} MiB`,
    ...left.map(({ path, problem }) => `${kind}: left ${path}: ${problem}`),
  ])
  return `${lines.join("\n")}\n`
}

const mebibytes = (bytes: number): string => formatDecimal(bytes / 1024 ** 2, 1)

const AGES = [
  { unit: "day", seconds: 86_400 },
  { unit: "hour", seconds: 3_600 },
  { unit: "minute", seconds: 60 },
] as const

function ageText(iso: string): string {
  const seconds = (Date.now() - Date.parse(iso)) / 1000
  const age = AGES.find((each) => seconds >= each.seconds)
  return age === undefined ? "just now" : `${formatCount(Math.floor(seconds / age.seconds), age.unit)} ago`
}
