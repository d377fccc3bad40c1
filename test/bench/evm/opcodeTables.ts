/** Which opcodes and sequences of them a load executes most: what superinstructions are chosen from. */
import { formatDecimal } from "../../../sim/results/format.ts"
import type { OpcodeCount } from "./opcodeCount.ts"

const mostRows = 40

export const opcodeTables = ({ sequences, instructions }: OpcodeCount, calls: number): string =>
  sequences
    .map((counts, index) => {
      const title = index === 0 ? "opcodes" : `sequences of ${index + 1}`
      const rows = [...counts]
        .sort(([, a], [, b]) => b - a)
        .slice(0, mostRows)
        .map(([names, count]) => {
          const share = formatDecimal((100 * count) / instructions, 2).padStart(6)
          return `${share} ${formatDecimal(count / calls, 1).padStart(8)}  ${names}`
        })
      return [`\n${title}: % of all instructions, times a call`, ...rows].join("\n")
    })
    .join("\n")
