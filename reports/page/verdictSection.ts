import { contractsLines, uncheckedPhrases } from "../../sim/results/contractsSummary.ts"
import type { ExperimentResult } from "../../sim/results/experimentResult.ts"
import { formatCount } from "../../sim/results/format.ts"
import { endNotes } from "../../sim/results/notes.ts"
import { everyRunFailed, replicatesText } from "../../sim/results/replicatesPlayed.ts"
import { type Html, html } from "./html.ts"
import { surrogateDeclarations } from "../../sim/results/surrogateNotes.ts"
import { capitalised, listing, numberWord } from "../../sim/results/sentence.ts"

const count = (result: ExperimentResult, verdict: string): number =>
  result.expectations.filter((expectation) => expectation.verdict === verdict).length

/** The result in words, for whoever reads one paragraph. */
export const verdictSentences = (result: ExperimentResult): readonly string[] => {
  if (everyRunFailed(result)) return ["Nothing can be judged, since every run failed."]
  const total = result.expectations.length
  const [holds, fails, undecided, negligible] = [
    count(result, "holds"),
    count(result, "fails"),
    count(result, "undecided"),
    count(result, "negligible"),
  ]
  const replicates = result.settings[0]?.runs.length ?? 0
  const basis = `over ${replicatesText(result, replicates)}`
  const sentences: string[] = []
  if (total === 0) sentences.push("Nothing was expected of this scenario, so nothing was judged.")
  else if (holds === total) {
    sentences.push(
      total === 1
        ? `The one expectation holds ${basis}.`
        : `All ${numberWord(total)} expectations hold ${basis}.`,
    )
  } else {
    const rest = [
      ...(fails > 0 ? [`${numberWord(fails)} ${fails === 1 ? "fails" : "fail"}`] : []),
      ...(negligible > 0
        ? [
            `${numberWord(negligible)} ${negligible === 1 ? "shows" : "show"} no effect larger than the margin`,
          ]
        : []),
      ...(undecided > 0 ? [`${numberWord(undecided)} ${undecided === 1 ? "is" : "are"} undecided`] : []),
    ]
    sentences.push(
      `${holds === 0 ? "None" : capitalised(numberWord(holds))} of ${numberWord(total)} ${total === 1 ? "expectation holds" : "expectations hold"} ${basis}; ${listing(rest)}.`,
    )
  }
  const moves = result.comparisons.flatMap(({ measures }) => measures.map(({ change }) => change.moves))
  const judged = moves.filter((move) => move !== null)
  if (judged.length > 0) {
    const clear = judged.filter(Boolean).length
    sentences.push(
      `Against the base, ${numberWord(clear)} of ${numberWord(judged.length)} measured ${judged.length === 1 ? "difference" : "differences"} ${clear === 1 ? "is" : "are"} clear of zero on common random numbers.`,
    )
  }
  const violations = result.settings.reduce((sum, setting) => sum + setting.violations, 0)
  const unchecked = uncheckedPhrases(result.manifest)
  sentences.push(
    violations === 0
      ? `${["No invariant was violated", ...unchecked].join("; ")}.`
      : `${formatCount(violations, "invariant violation")}: the figures describe a system that broke its own rules${unchecked.map((phrase) => `; ${phrase}`).join("")}.`,
  )
  sentences.push(...endNotes(result))
  if (replicates < 2) sentences.push("One replicate shows no spread: nothing here has an interval.")
  return sentences
}

/** A verdict, told apart by its word and not by colour alone. */
export const verdictBadge = (verdict: string): Html =>
  html`<span class="verdict ${verdict}">${verdict}</span>`

/** The verdict of the whole; where nothing was expected, nothing can hold. */
const overallBadge = (result: ExperimentResult): Html => {
  const { verdict, expectations } = result
  if (everyRunFailed(result)) return html`<span class="verdict fails">no result</span>`
  return expectations.length === 0 && verdict === "holds"
    ? html`<span class="verdict">no expectations</span>`
    : verdictBadge(verdict)
}

/** Head of the page: what was asked, and the answer. */
export const verdictSection = (result: ExperimentResult): Html => {
  const questions = result.settings.flatMap(({ name, question }) =>
    question === null ? [] : [html`<li><strong>${name}</strong>: ${question}</li>`],
  )
  const failures = result.failures.map(
    (failure) =>
      html`<li>
        ${failure.setting}, seed ${failure.seed}:
        ${failure.reason}${failure.agent === null ? null : html`, agent ${failure.agent}`}${failure.timeSeconds === null ? null : html` at ${failure.timeSeconds} s of virtual time`}.
        ${failure.message}
      </li>`,
  )
  return html`<header>
    <p class="kind">Experiment <code>${result.name}</code></p>
    <h1>${result.title}</h1>
    <p class="summary">${overallBadge(result)} ${verdictSentences(result).join(" ")}</p>
    ${surrogateDeclarations(result.manifest).map(
      (declaration) =>
        html`<div class="warning" role="note">
          <p><strong>Surrogate.</strong> ${declaration}</p>
        </div>`,
    )}
    <p>Ran: ${contractsLines(result.manifest).join("; ")}.</p>
    ${
      result.complete
        ? null
        : html`<div class="warning" role="note">
            <p>
              <strong>Incomplete.</strong> Not every planned run has a result; what follows stands on those
              that do.
            </p>
            ${
              failures.length === 0
                ? null
                : html`<ul>
                    ${failures}
                  </ul>`
            }
          </div>`
    }
    ${result.description === "" ? null : html`<p>${result.description}</p>`}
    ${
      questions.length === 0
        ? null
        : html`<p>What was asked beside the base:</p>
            <ul>
              ${questions}
            </ul>`
    }
  </header> `
}
