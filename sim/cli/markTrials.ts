/** The table of trials as Markdown, with everything that it takes to play the worst replicates again. */
import { formatDecimal, formatEstimate } from "../results/format.ts"
import { capitalText, notes, offText, onText, summaryLine } from "./printTrials.ts"
import { settingText } from "./trialCommands.ts"
import type { RowDocument, TrialsDocument, VerdictDocument } from "./trialDocument.ts"

const DETAILS =
  "Effects are left − right of what counts as success, in its direction, with the 95 % interval of each by itself; without one where all replicates agree."

export function markTrials(document: TrialsDocument): string {
  const head = ["attack", "role", "capital, ATN", "rule off", "rule on", "replicates", "best options found"]
  const lines = [
    "# Trials",
    "",
    summaryLine(document),
    "",
    row(head),
    row(head.map(() => "---")),
    ...document.trials.map((trial) => row(cells(trial))),
    "",
    ...[...notes(document), DETAILS].flatMap((note) => [note, ""]),
    ...document.trials.flatMap(story),
  ]
  return `${lines.join("\n").trimEnd()}\n`
}

const row = (cells: readonly string[]): string =>
  `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`

function cells(trial: RowDocument): readonly string[] {
  const { attack, role, off, on } = trial
  return [
    attack,
    role,
    capitalText(on),
    offText(off),
    onText(trial),
    `${off.replicates} + ${on.replicates}`,
    `\`${settingText(on.setting)}\``,
  ]
}

function story(trial: RowDocument): readonly string[] {
  const { attack, success, margin, rule, off, on } = trial
  return [
    `## ${attack}`,
    "",
    `Succeeds if ${success}, by more than ${margin}. Defended by: ${rule}`,
    "",
    ...verdictLines("off", off),
    ...verdictLines("on", on),
    "",
  ]
}

const effectText = ({ effect, effectLower, effectUpper }: VerdictDocument): string =>
  formatEstimate({ mean: effect, lower: effectLower, upper: effectUpper })

function verdictLines(rule: "off" | "on", verdict: VerdictDocument): readonly string[] {
  const effect = verdict.effect === null ? "no effect measured" : `effect ${effectText(verdict)}`
  const p = verdict.p < 1e-4 ? "p < 0.0001" : `p = ${formatDecimal(verdict.p, 4)}`
  const lines = [
    `- Rule ${rule}: **${verdict.verdict}** (${effect}, ${p}), options ${verdict.source}: \`${settingText(verdict.setting)}\``,
  ]
  return verdict.worst === null ? lines : [...lines, `  - worst replicate: \`${verdict.worst.command}\``]
}
