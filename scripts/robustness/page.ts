/** The tables of the page, made from the kept data. */
import { formatDecimal, formatSigned } from "../../sim/results/format.ts"
import type { Evidence } from "./experiment.ts"
import { accuracyByRound, gainOverFirst, namesOf } from "./summary.ts"

const BEGIN = "<!-- made from the kept data by npm run robustness: begin -->"
const END = "<!-- end -->"

const percent = (share: number): string => formatDecimal(share * 100, 1)
const points = (share: number): string => formatSigned(share * 100, (value) => formatDecimal(value, 1))

const markdownTable = (header: readonly string[], rows: readonly (readonly string[])[]): string =>
  [header, header.map((_, column) => (column < 2 ? "---" : "--:")), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n")

/** Final accuracy and, paired by seed, the difference to the first rule; in bold where its interval leaves zero out. */
export const tablesOf = (evidence: Evidence): string => {
  const { runs, settings } = evidence
  const rules = namesOf(runs, "rule")
  const means = accuracyByRound(evidence).filter(({ round }) => round === settings.rounds)
  const combinations = namesOf(runs, "partition").flatMap((partition) =>
    namesOf(runs, "attack").map((attack) => ({ partition, attack })),
  )
  const finals = combinations.map(({ partition, attack }) => [
    partition,
    attack,
    ...rules.map((rule) => {
      const found = means.find(
        (row) => row.partition === partition && row.attack === attack && row.rule === rule,
      )!
      return `${percent(found.mean)} ± ${percent((found.upper! - found.lower!) / 2)}`
    }),
  ])
  const gains = combinations.map(({ partition, attack }) => [
    partition,
    attack,
    ...rules.slice(1).map((rule) => {
      const { mean, lower, upper } = gainOverFirst(evidence, { partition, attack, rule })
      const text = `${points(mean)} [${points(lower!)}, ${points(upper!)}]`
      return lower! > 0 || upper! < 0 ? `**${text}**` : text
    }),
  ])
  return [
    `Accuracy after round ${settings.rounds}, %, mean of ${settings.seeds.length} seeds ± half of the 95 % interval:`,
    markdownTable(["Shards", "Attack", ...rules], finals),
    `Difference to ${rules[0]} on the same seeds, points, with 95 % interval; bold where that leaves out zero:`,
    markdownTable(["Shards", "Attack", ...rules.slice(1)], gains),
  ].join("\n\n")
}

/** The page with its tables made anew. Throws where the page has no place for them. */
export const withTables = (page: string, evidence: Evidence): string => {
  const begin = page.indexOf(BEGIN)
  const end = page.indexOf(END, begin)
  if (begin < 0 || end < 0)
    throw new Error(`the page has no place for its tables: expected ${BEGIN} … ${END}`)
  return `${page.slice(0, begin + BEGIN.length)}\n\n${tablesOf(evidence)}\n\n${page.slice(end)}`
}
