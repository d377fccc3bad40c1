/** What the profits say in words, no more than their intervals allow. */
import { formatAtn, formatCount } from "../../sim/results/format.ts"
import { meanOfRuns } from "../tables/meanOfRuns.ts"
import type { FigureTables } from "../tables/figureTables.ts"
import { keyOf } from "../tables/groupBy.ts"
import type { StrategyRunRow } from "../tables/strategyRuns.ts"
import { directionOf, inRunsMade } from "./direction.ts"
import { roleOf, settingsOf, strategiesOf, variantOf } from "./series.ts"

/** A title has room for so many statements. */
const MOST_STATEMENTS = 3

/** Every strategy that isn't honest, in the first setting that has it: against its role's honest one, paired by run. */
const deviations = (rows: readonly StrategyRunRow[]): string[] => {
  const statements: string[] = []
  const told = new Set<string>()
  for (const setting of settingsOf(rows)) {
    const inSetting = rows.filter((row) => row.setting === setting)
    const profits = new Map(inSetting.map((row) => [keyOf(row.seed, row.strategy), row.profitAtn]))
    for (const strategy of strategiesOf(inSetting)) {
      const honest = `${roleOf(strategy)}/honest`
      if (variantOf(strategy) === "honest" || told.has(strategy)) continue
      told.add(strategy)
      const differences = inSetting.flatMap((row) => {
        const other = profits.get(keyOf(row.seed, honest))
        return row.strategy !== strategy || other === undefined ? [] : [row.profitAtn - other]
      })
      const difference = meanOfRuns(differences)
      if (difference === null) continue
      const { mean, runs } = difference
      const direction = directionOf(difference)
      const amount = `${formatAtn(Math.abs(mean))} ATN ${mean < 0 ? "less" : "more"} than ${honest}`
      if (direction === "unknown") statements.push(`${inRunsMade(runs)}, ${strategy} earns ${amount}`)
      else if (direction === "unclear")
        statements.push(`no clear difference in profit between ${strategy} and ${honest}`)
      else statements.push(`${strategy} earns ${amount}`)
    }
  }
  return statements
}

/** Each strategy's profit against zero, in the first setting that has it: who loses, and for whom it isn't clear. */
const signs = (tables: FigureTables): string => {
  const rows = tables.profitParts.rows.filter((row) => row.part === "profit")
  const judged = strategiesOf(rows).flatMap((strategy) => {
    const [setting] = settingsOf(rows.filter((row) => row.strategy === strategy))
    return rows.filter((row) => row.strategy === strategy && row.setting === setting)
  })
  const clear = judged.filter((row) => directionOf(row) !== "unknown")
  if (clear.length === 0) {
    const winners = judged.filter((row) => row.mean > 0).length
    return `${inRunsMade(Math.max(1, ...judged.map(({ runs }) => runs)))}, ${winners} of ${formatCount(judged.length, "strategy", "strategies")} end with a profit`
  }
  const losers = clear.filter((row) => directionOf(row) === "below")
  const unclear = clear.filter((row) => directionOf(row) === "unclear")
  if (losers.length === 0 && unclear.length === 0) return "every strategy ends with a profit"
  const winners = clear.length - losers.length - unclear.length
  const names = (some: typeof clear) => some.map((row) => row.strategy).join(", ")
  return [
    `${winners} of ${formatCount(clear.length, "strategy", "strategies")} end with a profit`,
    ...(losers.length > 0 ? [`a loss for ${names(losers)}`] : []),
    ...(unclear.length > 0 ? [`not clear for ${names(unclear)}`] : []),
  ].join("; ")
}

const capitalised = (sentence: string): string =>
  /^(?:in|no|every) /.test(sentence) ? sentence.charAt(0).toUpperCase() + sentence.slice(1) : sentence

/** The title of a figure about profit. */
export const profitFindings = (tables: FigureTables): string => {
  const found = deviations(tables.strategyRuns.rows)
  if (found.length === 0) return capitalised(signs(tables))
  const shown = found.slice(0, MOST_STATEMENTS)
  const rest = found.length - shown.length
  return capitalised([...shown, ...(rest > 0 ? [`and ${rest} more`] : [])].join("; "))
}
