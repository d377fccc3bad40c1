/** Figures with a row for each strategy, or for each strategy and setting where there are several settings. */
import { textWidth } from "../render/textWidth.ts"
import { settingsOf, strategiesOf } from "./series.ts"

interface StrategyInSetting {
  readonly setting: string
  readonly strategy: string
}

/** Labels of rows, unique in a figure. */
export const rowLabels = (rows: readonly StrategyInSetting[]): ((row: StrategyInSetting) => string) => {
  const several = settingsOf(rows).length > 1
  return ({ setting, strategy }) => (several ? `${strategy}, ${setting}` : strategy)
}

/** Rows by strategy, then by setting. */
export const rowOrder = (rows: readonly StrategyInSetting[]): string[] => {
  const label = rowLabels(rows)
  const settings = settingsOf(rows)
  const present = new Set(rows.map(label))
  return strategiesOf(rows).flatMap((strategy) =>
    settings.map((setting) => label({ setting, strategy })).filter((name) => present.has(name)),
  )
}

/** Room in pixels that row labels take, at most what an axis gives them. */
export const labelRoom = (labels: readonly string[], mostPx = 260): number =>
  Math.min(mostPx, Math.ceil(Math.max(0, ...labels.map((label) => textWidth(label, 12)))) + 14)

/** Room of a legend's symbol and of the gap to the next entry, pixels. */
const ENTRY_ROOM = 42

/** Width in pixels of a horizontal legend that has all its labels in one row. */
export const legendWidth = (labels: readonly string[]): number =>
  labels.reduce((sum, label) => sum + Math.min(300, textWidth(label, 12)) + ENTRY_ROOM, 0)

/** Columns of a horizontal legend: one row where it fits, otherwise so many that it is no wider than given. */
export const legendColumns = (labels: readonly string[], widthPx: number): number => {
  if (legendWidth(labels) <= widthPx) return labels.length
  const widest = Math.min(300, Math.max(0, ...labels.map((label) => textWidth(label, 12))))
  return Math.max(1, Math.floor(widthPx / (widest + ENTRY_ROOM)))
}
