import type { ExperimentResult, RunReference } from "../../sim/results/experimentResult.ts"
import { formatDuration, formatInteger } from "../../sim/results/format.ts"
import { runAnchor, settingAnchor } from "../anchors.ts"
import { dataTable } from "./dataTable.ts"
import { type Html, html } from "./html.ts"
import { runCommand } from "./runCommand.ts"

/** The runs that every mark of a figure leads to: seed, digest, and the command that makes it again. */
export const runsSection = (result: ExperimentResult): Html =>
  html`<section aria-labelledby="runs">
    <h2 id="runs">Runs</h2>
    <p>
      The digest covers the ordered trace and the final state. Same scenario, seed and program: same digest. A
      command with one seed runs every setting of the scenario once.
    </p>
    ${result.settings.map(
      (setting) =>
        html`<div id="${settingAnchor(setting.name)}" class="target">
          ${dataTable<RunReference>({
            caption: html`Setting <strong>${setting.name}</strong>, ${setting.runs.length}
              ${setting.runs.length === 1 ? "run" : "runs"}.`,
            rowId: (run) => runAnchor(setting.name, run.seed),
            columns: [
              { heading: "Seed", numeric: true, rowHeading: true, cell: (run) => run.seed },
              { heading: "Digest", cell: (run) => html`<code class="digest">${run.digest}</code>` },
              { heading: "Virtual time", numeric: true, cell: (run) => formatDuration(run.virtualSeconds) },
              { heading: "Transactions", numeric: true, cell: (run) => formatInteger(run.transactions) },
              { heading: "Violations", numeric: true, cell: (run) => formatInteger(run.violations) },
              { heading: "Reproduce", cell: (run) => html`<code>${runCommand(result, run.seed)}</code>` },
              { heading: "Result", cell: (run) => html`<a href="./${encodeURI(run.file)}">${run.file}</a>` },
            ],
            rows: setting.runs,
          })}
        </div>`,
    )}
  </section> `
