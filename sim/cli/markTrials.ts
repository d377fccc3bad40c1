/** The table of trials as Markdown, with everything that it takes to play the worst replicates again. */
import { formatDecimal } from "../results/format.ts"
import { capitalText, notes, offText, onText, summaryLine } from "./printTrials.ts"
import { settingText } from "./trialCommands.ts"
import type { RowDocument, TrialsDocument, VerdictDocument } from "./trialDocument.ts"

export function markTrials(document: TrialsDocument, folder: string): string {
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
    ...notes(document, folder).flatMap((note) => [note, ""]),
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

function verdictLines(rule: "off" | "on", verdict: VerdictDocument): readonly string[] {
  const effect = verdict.effect === null ? "no effect measured" : `effect ${formatDecimal(verdict.effect, 4)}`
  const p = verdict.p < 1e-4 ? "p < 0.0001" : `p = ${formatDecimal(verdict.p, 4)}`
  const lines = [
    `- Rule ${rule}: **${verdict.verdict}** (${effect}, ${p}), options ${verdict.source}: \`${settingText(verdict.setting)}\``,
  ]
  return verdict.worst === null ? lines : [...lines, `  - worst replicate: \`${verdict.worst.command}\``]
}
