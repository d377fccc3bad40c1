import type { AuditPlan } from "../../sim/results/audit.ts"
import { auditOf } from "../../sim/results/auditOf.ts"
import type { ExperimentResult } from "../../sim/results/experimentResult.ts"
import { seedRangeText } from "../../sim/results/replicatesPlayed.ts"
import { type Fragment, type Html, html } from "./html.ts"

const entry = (term: string, detail: Fragment): Html =>
  html`<dt>${term}</dt>
    <dd>${detail}</dd> `

const hashes = (byName: Readonly<Record<string, string>>): Html =>
  html`<ul>
    ${Object.keys(byName)
      .sort()
      .map((name) => html`<li>${name} <code class="digest">${byName[name] ?? ""}</code></li>`)}
  </ul>`

/** Those of the plan, and how many of them were played where one stopped before the last. */
const seedsText = (result: ExperimentResult): string => {
  const { seeds, looks = [] } = result.manifest.inputs
  const planned = seeds.join(", ")
  return looks.length > 1 ? `${seedRangeText(result)} played, of at most ${planned}` : planned
}

/** Which runs were repeated, and how they were chosen. */
const auditDetail = ({ share, engine, seed, runs }: AuditPlan): Html =>
  runs.length === 0
    ? html`none was asked for; ${engine.name} (${engine.version}) would judge`
    : html`${share * 100} % of the runs, at least one, repeated on ${engine.name} (${engine.version}):
        ${runs.map((run) => `${run.setting} seed ${run.seed}`).join(", ")}; drawn with the seed
        <code class="digest">${seed}</code>`

/** What the experiment was made from: identity and digest in sight, the rest to unfold. */
export const manifestSection = (result: ExperimentResult): Html => {
  const { manifest } = result
  const { inputs } = manifest
  const audited = auditOf(result)
  return html`<section aria-labelledby="manifest">
    <h2 id="manifest">Manifest</h2>
    <p>Whoever has the same inputs gets the same digest: <code>${result.command}</code></p>
    <dl>
      ${entry("Identity (hash of the inputs)", html`<code class="digest">${manifest.identity}</code>`)}
      ${entry("Digest (hash of the results)", result.digest === null ? "none while runs are missing" : html`<code class="digest">${result.digest}</code>`)}
      ${audited === undefined ? null : entry("Audit", audited)}
    </dl>
    <details>
      <summary>Everything that decides the result</summary>
      <dl>
        ${entry("Program", html`${manifest.program}, sources <code class="digest">${inputs.sources}</code>`)}
        ${entry("Scenario", html`<code>${manifest.scenarioFile}</code>${manifest.set.length === 0 ? null : html`, changed by ${manifest.set.map((change, index) => [index === 0 ? null : ", ", html`<code>${change}</code>`])}`}`)}
        ${entry("Seeds", seedsText(result))} ${entry("Node.js", inputs.node)}
        ${entry("Learning backend", inputs.mlBackend)}
        ${entry("EVM engine (outside identity)", html`${manifest.engine.name}: ${manifest.engine.version}`)}
        ${manifest.audit === null ? null : entry("Audit (outside identity)", auditDetail(manifest.audit))}
        ${entry("Lockfile", html`<code class="digest">${inputs.lockfile}</code>`)}
        ${entry("Data sets", hashes(inputs.datasets))}
        ${Object.keys(inputs.surrogates ?? {}).length === 0 ? null : entry("Surrogates (hash of the fit, by data set)", hashes(inputs.surrogates ?? {}))}
        ${entry("Contracts", html`see <a href="#contracts">Contracts and parameters</a>`)}
      </dl>
    </details>
    <details>
      <summary>The scenario as it was written</summary>
      <pre tabindex="0">${manifest.scenarioText}</pre>
    </details>
    ${inputs.settings.map(
      ({ name, scenario }) =>
        html`<details>
          <summary>Setting ${name}, resolved (money in wei)</summary>
          <pre tabindex="0">${JSON.stringify(scenario, null, 2)}</pre>
        </details> `,
    )}
  </section> `
}
