/**
 * `npm run robustness [-- --render]`: accuracy by round for four rules of aggregation under four attacks, on equal and on
 * very unequal shards of MNIST. Writes data and figure to docs/robustness and the tables of docs/robustness.md; with
 * `--render` from the kept data.
 */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { parseArgs } from "node:util"
import { initialiseBackend } from "../ml/backend.ts"
import { loadMnist } from "../ml/datasets/mnist.ts"
import { compileFigure } from "../reports/render/compileFigure.ts"
import { decodeEvidence, encodeEvidence } from "./robustness/evidenceFile.ts"
import { combinationsOf, gatherEvidence, type Evidence } from "./robustness/experiment.ts"
import { robustnessFigure } from "./robustness/figure.ts"
import { withTables } from "./robustness/page.ts"
import { published } from "./robustness/settings.ts"

const { values } = parseArgs({ options: { render: { type: "boolean", default: false } } })

const docs = join(import.meta.dirname, "../docs")
const folder = join(docs, "robustness")
const dataFile = join(folder, "accuracyByRound.jsonl")
const pageFile = join(docs, "robustness.md")

const gather = async (): Promise<Evidence> => {
  await initialiseBackend()
  const total = combinationsOf(published).length
  let done = 0
  const evidence = gatherEvidence(published, loadMnist(), ({ partition, attack, rule, seed, correct }) => {
    done++
    console.log(
      `${done} of ${total}: ${partition}, ${attack}, ${rule}, seed ${seed}: ${correct.at(-1)} right`,
    )
  })
  mkdirSync(folder, { recursive: true })
  writeFileSync(dataFile, encodeEvidence(evidence))
  return evidence
}

const evidence = values.render ? decodeEvidence(readFileSync(dataFile, "utf8")) : await gather()
const { svgFile, warnings } = await compileFigure(robustnessFigure(evidence))
for (const warning of warnings) console.error(warning)
writeFileSync(join(folder, "accuracyByRound.svg"), svgFile)
writeFileSync(pageFile, withTables(readFileSync(pageFile, "utf8"), evidence))
console.log(`${evidence.runs.length} federations, ${evidence.cpuSeconds} s of CPU: ${dataFile}`)
