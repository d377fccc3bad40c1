/** What a search says at its end. */
import { type Tally, longEnough } from "../../test/fuzz/evm/coverage.ts"
import { situations } from "../../test/fuzz/evm/situations.ts"
import { opcodes } from "../../test/fuzz/evm/opcodes.ts"

const percent = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`

const opcodesPerLine = 8

const successTable = ({ successes }: Tally): string => {
  const cells = opcodes.map(({ code, name }) => `${name.padEnd(14)}${String(successes[code]).padStart(10)}`)
  const lines = Array.from({ length: Math.ceil(cells.length / opcodesPerLine) }, (_, line) =>
    cells.slice(line * opcodesPerLine, (line + 1) * opcodesPerLine).join("  "),
  )
  return lines.join("\n")
}

const outcomeTable = ({ outcomes }: Tally): string => {
  const messages = Object.values(outcomes).reduce((sum, count) => sum + count, 0)
  return Object.entries(outcomes)
    .sort(([, a], [, b]) => b - a)
    .map(([name, count]) => `  ${name.padEnd(60)}${String(count).padStart(10)}  ${percent(count, messages)}`)
    .join("\n")
}

const situationTable = (tally: Tally): string =>
  situations
    .map((name) => `  ${name.padEnd(60)}${String(tally.situations[name] ?? 0).padStart(10)}`)
    .join("\n")

export const reportOf = (tally: Tally): string =>
  [
    `${tally.programs} programs ran in ${tally.scenarios} worlds; ${percent(tally.longPrograms, tally.programs)} ` +
      `of them got past ${longEnough} instructions (${tally.unreached} more were generated and never reached).`,
    "What became of the messages:",
    outcomeTable(tally),
    "How often a program got into situations that official tests lack:",
    situationTable(tally),
    "How often each opcode succeeded:",
    successTable(tally),
  ].join("\n")
