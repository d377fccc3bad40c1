/** The result of an experiment for people who read a terminal. */
import type {
  ComparisonResult,
  ExpectationResult,
  ExperimentResult,
  SettingResult,
} from "../results/experimentResult.ts"
import { contractsLines, settingsOn, uncheckedPhrases } from "../results/contractsSummary.ts"
import { auditOf } from "../results/auditOf.ts"
import type { Estimate } from "../results/estimate.ts"
import { formatCount, formatDecimal, formatEstimate, formatPercent } from "../results/format.ts"
import { whyUnknown } from "../results/changeText.ts"
import { metricMeanings, unitText } from "../results/metricMeanings.ts"
import { surrogateDeclarations } from "../results/surrogateNotes.ts"
import { endNotes } from "../results/notes.ts"
import { everyRunFailed, replicatesText, seedRangeText } from "../results/replicatesPlayed.ts"
import { strategyTables } from "./strategyTables.ts"
import { alignRows, type Style } from "./terminal.ts"

export interface Places {
  readonly folder: string
  readonly report: string | undefined
  /** Whether everything was played twice, and came out the same. */
  readonly checked?: boolean
}

/** Lines for stdout. */
export function printResult(result: ExperimentResult, places: Places, style: Style): string {
  const [base] = result.settings
  const sections = [
    [
      style.strong(`${result.name}: ${result.title}`),
      style.faint(scale(result)),
      ...contractsLines(result.manifest),
      ...surrogateDeclarations(result.manifest).map((text) => `${style.unsure("surrogate")} ${text}`),
    ],
    ...(base === undefined
      ? []
      : [...strategyTables(base, style), [...learning(base), ...besideAccuracy(base)]]),
    result.expectations.length === 0 ? [] : expectations(result.expectations, style),
    ...result.comparisons.map((comparison) => compare(comparison, result, style)),
    troubles(result, style),
    closing(result, places, style),
  ]
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`
}

function scale(result: ExperimentResult): string {
  const { settings } = result
  const transactions = settings.flatMap(({ runs }) => runs).reduce((sum, run) => sum + run.transactions, 0)
  const scope = `${formatCount(settings.length, "setting")} × ${replicatesText(result)}`
  return `${scope} (${seedRangeText(result)}), ${formatCount(transactions, "transaction")}; intervals at 95 %`
}

function percent(estimate: Estimate): string {
  return formatEstimate(estimate, 100)
}

function learning({ accuracy }: SettingResult): readonly string[] {
  const modules = [...new Set(accuracy.map(({ module }) => module))]
  return modules.flatMap((module) => {
    const rounds = accuracy.filter((row) => row.module === module)
    const [first, last] = [rounds[0], rounds.at(-1)]
    if (first === undefined || last === undefined) return []
    return [
      `accuracy of ${module}: ${percent(first.accuracy)} % at first, ${percent(last.accuracy)} % after round ${last.round}`,
    ]
  })
}

/** What the runs of a setting measured beside accuracy, except `shown`: a line each, explained in words. */
function besideAccuracy(
  { metrics }: SettingResult,
  shown: ReadonlySet<string> = new Set(),
): readonly string[] {
  return metrics.flatMap(({ name, value }) => {
    const { unit, beside } = metricMeanings.get(name) ?? {}
    if (unit === undefined || beside === undefined || value.mean === null || shown.has(name)) return []
    const { scale: factor, symbol } = unitText(unit)
    return [`${name}: ${formatEstimate(value, factor)} ${symbol} ${beside}`]
  })
}

/** Names of the metrics that have a value in the setting. */
function measuredIn(setting: SettingResult | undefined): readonly string[] {
  return (setting?.metrics ?? []).flatMap(({ name, value }) => (value.mean === null ? [] : [name]))
}

function expectations(results: readonly ExpectationResult[], style: Style): readonly string[] {
  const rows = results.map((result) => [
    verdictWord(result.verdict, style),
    result.statement,
    style.faint(evidence(result)),
  ])
  return [style.faint("expectations"), ...alignRows(rows, ["left", "left", "left"])]
}

function evidence({ left, right, difference, lower, upper, note, verdict }: ExpectationResult): string {
  const parts: string[] = []
  if (left !== null && right !== null) {
    parts.push(`${number(left)} against ${number(right)}`)
    // The bound that decides: the nearer one to zero.
    if ((verdict === "undecided" || verdict === "negligible") && lower !== null && upper !== null) {
      parts.push(`difference ${number(difference ?? 0)}, from ${number(lower)} to ${number(upper)}`)
    } else if (difference !== null) {
      const bound = difference > 0 ? lower : upper
      const side = difference > 0 ? "at least" : "at most"
      if (bound !== null) parts.push(`difference ${side} ${number(bound)}`)
    }
  }
  if (note !== "") parts.push(note)
  return parts.join("; ")
}

function number(value: number): string {
  const size = Math.abs(value)
  return formatDecimal(value, size >= 100 ? 1 : size >= 1 || size === 0 ? 2 : 4)
}

function verdictWord(verdict: ExpectationResult["verdict"], style: Style): string {
  if (verdict === "holds") return style.good("holds")
  if (verdict === "negligible") return style.unsure("no effect")
  return verdict === "fails" ? style.bad("fails") : style.unsure("undecided")
}

/** Where nothing was expected, nothing can hold; where nothing was played to its end, nothing can be judged. */
function overallWord(result: ExperimentResult, style: Style): string {
  const { verdict, expectations } = result
  if (everyRunFailed(result)) return style.bad("none: nothing can be judged, since every run failed")
  return expectations.length === 0 && verdict === "holds"
    ? style.unsure("no expectations")
    : verdictWord(verdict, style)
}

function compare(comparison: ComparisonResult, result: ExperimentResult, style: Style): readonly string[] {
  const [base, ...variants] = result.settings
  const setting = variants.find((variant) => variant.name === comparison.name)
  const { name, question, measures } = comparison
  const rows = measures.map((measured) => {
    const { measure, isShare, change } = measured
    const show = (estimate: Estimate) => formatEstimate(estimate, isShare ? 100 : 1)
    const [unit, differenceUnit] = isShare ? [" %", " points"] : ["", ""]
    const verdict =
      change.moves === null
        ? style.unsure(whyUnknown(measured, comparison, result) ?? "")
        : change.moves
          ? "moves beyond its interval"
          : style.faint("does not move beyond its interval")
    const from = change.from.mean === null ? "–" : short(change.from.mean, isShare)
    const to = change.to.mean === null ? "–" : short(change.to.mean, isShare)
    const levels = to === "–" && from !== "–" ? `${from}${unit} → –` : `${from} → ${to}${unit}`
    return [
      measure,
      levels,
      change.difference.mean === null
        ? "no difference known"
        : `difference ${show(change.difference)}${differenceUnit}`,
      verdict,
    ]
  })
  const title = `${name}: ${question}`
  const lines = alignRows(rows, ["left", "right", "left", "left"])
  if (setting === undefined) return [title]
  // What the base measures too was told there.
  const told = [...measuredIn(base), ...measures.map(({ measure }) => measure)]
  const alone = besideAccuracy(setting, new Set(told))
  return [title, ...[...lines, ...alone].map((line) => `  ${line}`)]
}

function short(value: number, isShare: boolean): string {
  return isShare ? formatPercent(value).replace(/\s*%$/, "") : number(value)
}

function troubles(result: ExperimentResult, style: Style): readonly string[] {
  const { failures, settings, manifest } = result
  const lost = failures.map(
    ({ setting, seed, reason, message }) =>
      `${style.bad("no result")} ${setting} seed ${seed} (${reason}): ${message.split("\n")[0]}`,
  )
  const broken = settings.flatMap(({ name, runs: played, brokenInvariants }) =>
    brokenInvariants.map(({ invariant, runs, first: { seed, block, message } }) => {
      const where = `${name}: ${invariant}, in ${runs} of ${formatCount(played.length, "run")}`
      return `${style.bad("violated")} ${where}; first with seed ${seed} in block ${block}: ${message}`
    }),
  )
  const notes = endNotes(result).map((note) => `${style.unsure("note")} ${note}`)
  const open = uncheckedPhrases(manifest).map(
    (phrase) => `${style.unsure("note")} of the invariants ${phrase}`,
  )
  const without = manifest.contractSets.flatMap((set) =>
    set.rulesOff.length === 0
      ? []
      : settingsOn(set, manifest).map(
          (setting) =>
            `${style.unsure("rules off")} in ${setting}: ${set.rulesOff.map(({ name }) => name).join(", ")}`,
        ),
  )
  return [...lost, ...broken, ...notes, ...open, ...without]
}

function closing(
  result: ExperimentResult,
  { folder, report, checked = false }: Places,
  style: Style,
): readonly string[] {
  const audited = auditOf(result)
  const rows = [
    [style.faint("verdict"), overallWord(result, style)],
    [style.faint("digest"), result.digest ?? "none: not every run has a sound result"],
    ...(audited === undefined ? [] : [[style.faint("audit"), audited]]),
    ...(checked ? [[style.faint("checked"), "every run came out the same twice"]] : []),
    report === undefined
      ? [style.faint("results"), folder]
      : [style.faint("report"), `${report}, with data and runs beside it`],
    [style.faint("again"), result.command],
  ]
  return alignRows(rows, ["left", "left"])
}
