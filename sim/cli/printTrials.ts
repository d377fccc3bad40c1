/** The table of trials for a terminal. */
import { formatAtn, formatCount, formatDecimal, formatEstimate, formatInteger } from "../results/format.ts"
import { listing } from "../results/sentence.ts"
import { fitRows } from "./fitRows.ts"
import { wrapText, type Style } from "./terminal.ts"
import { settingText } from "./trialCommands.ts"
import type { RowDocument, TrialsDocument, VerdictDocument } from "./trialDocument.ts"

const HEAD = ["attack", "role", "capital", "rule off", "rule on", "replicates", "worst seed"]
const ALIGNMENTS = ["left", "left", "right", "left", "left", "right", "right"] as const

export interface Page {
  /** Undefined = as wide as it takes. */
  readonly columns: number | undefined
  readonly folder: string
  readonly style: Style
}

/** Lines for stdout. */
export function printTrials(document: TrialsDocument, { columns, folder, style }: Page): string {
  const cells = document.trials.map((row) => cellsOf(row))
  const [head, ...rows] = fitRows([HEAD, ...cells], ALIGNMENTS, columns)
  const body = rows.flatMap((lines, index) => {
    const row = document.trials[index]!
    const setting = wrapText(settingText(row.on.setting), columns ?? Number.POSITIVE_INFINITY, 2)
    return [...lines.map((line) => paint(line, row, style)), ...setting.map((line) => style.faint(line))]
  })
  const below = [...notes(document), place(folder)].flatMap((note) => wrapText(note, columns ?? 120, 0))
  const [summary, ...others] = [summaryLine(document), ...below]
  return `${[...(head ?? []).map((line) => style.faint(line)), ...body, "", style.strong(summary ?? ""), ...others].join("\n")}\n`
}

function cellsOf(row: RowDocument): readonly string[] {
  const { attack, role, off, on } = row
  return [
    attack,
    role,
    capitalText(on),
    offText(off),
    onText(row),
    `${off.replicates} + ${on.replicates}`,
    on.worst === null ? "–" : String(on.worst.seed),
  ]
}

/** A mean, whole from 10 ATN on: it is there to compare attackers by. */
export function capitalText({ capitalAtn: { mean } }: VerdictDocument): string {
  if (mean === null || mean === 0) return "–"
  return Math.abs(mean) >= 10 ? formatDecimal(mean, 0) : formatAtn(mean)
}

export function offText(off: VerdictDocument): string {
  if (hasNoRun(off)) return noRun(off)
  if (off.verdict === "does not succeed") return "ATTACK NOT SHOWN"
  return off.verdict === "undecided" ? undecided(off) : off.verdict
}

export function onText({ on, lossAtn }: RowDocument): string {
  if (hasNoRun(on)) return noRun(on)
  if (on.verdict === "undecided") return undecided(on)
  if (on.verdict === "not withstood") return "NOT WITHSTOOD"
  if (lossAtn === null || lossAtn.mean === null) return on.verdict
  const { mean, lower, upper } = lossAtn
  // Runs that hardly differ have an interval that says nothing.
  const isSame = lower === null || upper === null || upper - lower < 0.005 * mean
  return `costs the attacker ${isSame ? formatAtn(mean) : formatEstimate(lossAtn)} ATN`
}

const hasNoRun = ({ failures, replicates }: VerdictDocument): boolean =>
  failures.length > 0 && failures.length === replicates

const LONGEST_REASON = 60

/** Why all runs failed, in a few words: what the first of them said. */
function noRun({ failures }: VerdictDocument): string {
  const [line = ""] = (failures[0]?.message ?? "").split("\n")
  const said = line.replace(/^agent \S+ failed at \S+ s of virtual time: (HostCallTrapped: )?/, "")
  const reason = said.replace(/ \(\S+:\d+\)$/, "")
  return `NO RESULT: ${reason.length > LONGEST_REASON ? `${reason.slice(0, LONGEST_REASON)}…` : reason}`
}

const undecided = ({ needed }: VerdictDocument): string =>
  needed === null ? "undecided" : `undecided (about ${formatCount(needed, "replicate")})`

/** Colours only where a line's words say the same. */
function paint(line: string, { outcome }: RowDocument, style: Style): string {
  return line
    .replace("ATTACK NOT SHOWN", style.bad("ATTACK NOT SHOWN"))
    .replace("NO RESULT", style.bad("NO RESULT"))
    .replace("NOT WITHSTOOD", style.bad("NOT WITHSTOOD"))
    .replace(/\bundecided\b/, style.unsure("undecided"))
    .replace(/(?<!not )\bwithstood\b/, outcome === "withstood" ? style.good("withstood") : "withstood")
    .replace("costs the attacker", style.good("costs the attacker"))
}

export function summaryLine({ summary, trials }: TrialsDocument): string {
  const count = `${formatCount(trials.length, "attack")}:`
  const parts = [
    `withstood ${summary["withstood"]}`,
    `cost the attacker ${summary["costs the attacker"]}`,
    `not withstood ${summary["not withstood"]}`,
    `undecided ${summary["undecided"]}`,
    `not shown ${summary["attack not shown"]}`,
  ]
  return `${count} ${parts.join(", ")}`
}

/** What a reader must know of the table. */
export function notes(document: TrialsDocument): readonly string[] {
  const { trials, asked, firstFreshSeed, trainingSeeds, familywiseError } = document
  const named = (source: string) =>
    trials.filter(({ off, on }) => off.source === source || on.source === source).map(({ name }) => name)
  const [missing, stale] = [named("not searched"), named("stale")]
  const failed = trials.flatMap(({ name, off, on }) => {
    const failures = [...off.failures, ...on.failures]
    const [first] = failures
    return first === undefined
      ? []
      : [
          `${name}: ${formatCount(failures.length, "run")} failed, the first on seed ${first.seed}: ${first.message.split("\n")[0]}`,
        ]
  })
  return [
    ...(trials.length === asked
      ? []
      : [
          `Interrupted: ${trials.length} of ${formatCount(asked, "trial")} judged, as surely as among all of them.`,
        ]),
    `All verdicts hold together with a probability of at least ${formatInteger(100 * (1 - familywiseError))} %: ` +
      "repeated looks by Bonferroni, the whole table by Holm. Losses with their 95 % intervals, capital as a mean, ATN.",
    `Judged on fresh seeds from ${firstFreshSeed}; options were chosen on seeds ${trainingSeeds[0]} to ${trainingSeeds.at(-1)}, ` +
      "those shown for the rule on.",
    ...(missing.length === 0 ? [] : [`Not searched, options as in the file: ${listing(missing)}.`]),
    ...(stale.length === 0
      ? []
      : [
          `Changed since it was searched, options as found before (trial --search looks anew): ${listing(stale)}.`,
        ]),
    ...failed,
  ]
}

/** Where the rest is. */
const place = (folder: string): string =>
  `Effects, all options and the commands that play worst replicates again: ${folder}/trials.md, trials.json`
