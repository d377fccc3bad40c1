import { groupBy, keyOf } from "./groupBy.ts"
import type { ProfitPartRow } from "./profitParts.ts"
import { number, type Table, text } from "./table.ts"

export interface CostMarginRow {
  readonly setting: string
  readonly strategy: string
  readonly cost: string
  /** By what factor the price would have to change for mean profit to be zero. */
  readonly factor: number
  /** The same at the end of profit's interval that is nearer to zero; null where there is none or zero lies inside. */
  readonly cautiousFactor: number | null
}

const costParts: ReadonlySet<string> = new Set(["training cost", "verification cost", "storage cost", "gas"])

/**
 * How far the price of each cost may move before a strategy's mean profit changes its sign. Exact for prices alone,
 * since profit is linear in them; it holds as long as agents act the same at the new price.
 */
export const costMarginsTable = (profitParts: Table<ProfitPartRow>): Table<CostMarginRow> => ({
  name: "costMargins",
  caption:
    "By what factor a price would have to change for a strategy's mean profit to be zero, all else the same.",
  columns: {
    setting: text("base, or the name of a comparison"),
    strategy: text("strategy, role/name"),
    cost: text("which price"),
    factor: number("factor on the price at which mean profit is zero"),
    cautiousFactor: number(
      "the same at the end of profit's 95 % interval nearer to zero; null where it has none",
    ),
  },
  rows: [...groupBy(profitParts.rows, (row) => keyOf(row.setting, row.strategy)).values()].flatMap(
    (parts) => {
      const profit = parts.find((row) => row.part === "profit")
      if (profit === undefined) return []
      return parts.flatMap((row) => {
        if (!costParts.has(row.part) || row.mean >= 0) return []
        const factor = 1 + profit.mean / -row.mean
        const nearer = profit.mean > 0 ? profit.lower : profit.upper
        const sameSide = nearer !== null && nearer > 0 === profit.mean > 0
        // A price can't be negative: no price alone would turn this loss into a profit.
        if (factor < 0) return []
        return [
          {
            setting: row.setting,
            strategy: row.strategy,
            cost: row.part,
            factor,
            cautiousFactor: sameSide ? 1 + nearer / -row.mean : null,
          },
        ]
      })
    },
  ),
})
