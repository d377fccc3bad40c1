import type { ExperimentResult, SettingResult, StrategyRow } from "../../sim/results/experimentResult.ts"
import { type Estimated, formatPercent } from "../../sim/results/format.ts"
import { settingLink } from "../anchors.ts"
import { dataTable, estimateCell } from "./dataTable.ts"
import { type Fragment, type Html, html } from "./html.ts"

const isZero = ({ mean, lower, upper }: Estimated): boolean =>
  mean === 0 && (lower === null || lower === 0) && (upper === null || upper === 0)

/** Votes and mistakes of roles that don't vote are no zeros but blanks. */
const voting = (row: StrategyRow, estimate: Estimated): Fragment =>
  isZero(row.votes) ? "–" : estimateCell(estimate)

const basis = (runs: number, confidence: number): string =>
  runs < 2
    ? "one run, hence no intervals."
    : `mean over ${runs} runs with ${formatPercent(confidence, 0)} interval; counts end at zero; a number without one is the same in every run.`

const strategiesTable = (setting: SettingResult, confidence: number): Html =>
  dataTable<StrategyRow>({
    caption: html`Setting <a href="${settingLink(setting.name)}">${setting.name}</a>: per agent and run,
      ${basis(setting.runs.length, confidence)}`,
    columns: [
      {
        heading: "Strategy",
        rowHeading: true,
        cell: (row) => [
          row.strategy,
          row.group === null ? null : html` <span class="why">(${row.group})</span>`,
        ],
      },
      { heading: "Agents", numeric: true, cell: (row) => row.agents },
      { heading: "Profit, ATN", numeric: true, cell: (row) => estimateCell(row.profitAtn) },
      { heading: "Slashed, ATN", numeric: true, cell: (row) => estimateCell(row.slashedAtn) },
      { heading: "Votes", numeric: true, cell: (row) => voting(row, row.votes) },
      { heading: "False accepts", numeric: true, cell: (row) => voting(row, row.falseAccepts) },
      { heading: "False rejects", numeric: true, cell: (row) => voting(row, row.falseRejects) },
      { heading: "Missed traps", numeric: true, cell: (row) => voting(row, row.missedTraps) },
    ],
    rows: setting.strategies,
  })

/** Who earned what: a table a setting. */
export const strategiesSection = (result: ExperimentResult): Html =>
  html`<section aria-labelledby="strategies">
    <h2 id="strategies">Strategies</h2>
    <p>
      Profit is what an agent has gained since genesis: ATN, stake, claimable rewards and project tokens, less
      the cost of training, verification, storage and gas. A false accept is a vote for <em>correct</em> on a
      submission that is not, traps apart.
    </p>
    ${result.settings.map((setting) => strategiesTable(setting, result.intervalConfidence))}
  </section> `
