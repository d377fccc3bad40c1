/**
 * How often audits catch a solver that invents two of its four segments between checkpoints, with audits of one segment
 * on one submission in two. Whole runs on the contracts in which everything passes the evaluation, so that only audits
 * decide. Auditors who draw together convict with q = p · F / S; of three who draw apart, two must find it.
 */
import { join } from "node:path"
import { detectionByMany, detectionByOne } from "../../ml/checkpoints/detection.ts"
import type { RunResult, SubmissionResult } from "../../sim/results/runResult.ts"
import { playExperiment } from "../run/playExperiment.ts"
import { exactRow, statisticalRow, type ValidationTarget } from "./target.ts"

const chances = { segments: 4, fabricated: 2, probability: 0.5, audited: 1 }

const play = (draw: "common" | "own", mode: "quick" | "full") =>
  playExperiment(join(import.meta.dirname, "../fixtures/scenarios/audits.yaml"), [
    `replicates=${mode === "quick" ? 12 : 16}`,
    `tasks.perRound=${mode === "quick" ? 7 : 60}`,
    "rounds=1",
    "chain.blockGasLimit=1000000000",
    "learning.acceptance={minScore: 0, toleranceBps: 10000}",
    `population[auditors].options={auditProbability: 0.5, auditSegments: 1, auditDraw: ${draw}}`,
  ])

export const auditDetection: ValidationTarget = {
  id: "audits",
  title: "Checkpoint audits that find invented segments",
  source: "q = p · (1 − C(S − F, s) / C(S, s)) = 0.25; majority of three: 3q² − 2q³",
  kind: "statistical",
  rows: async (mode) => {
    const width = mode === "quick" ? 0.35 : 0.1
    const common = await play("common", mode)
    const own = await play("own", mode)
    return [
      statisticalRow({
        label: "convictions where auditors draw together",
        expected: detectionByOne(chances),
        replicates: common.map((run) => shareOf(spoofed(run), ({ consensus }) => consensus === false)),
        tolerance: width,
      }),
      statisticalRow({
        label: "votes against where each draws for itself",
        expected: detectionByOne(chances),
        replicates: own.map((run) =>
          shareOf(
            spoofed(run).flatMap(({ votes }) => votes),
            ({ correct }) => !correct,
          ),
        ),
        tolerance: width,
      }),
      statisticalRow({
        label: "convictions where each draws for itself",
        expected: detectionByMany(3, 2, chances),
        replicates: own.map((run) => shareOf(spoofed(run), ({ consensus }) => consensus === false)),
        tolerance: width,
      }),
      exactRow({
        label: "honest submissions rejected",
        expected: 0,
        simulated: [...common, ...own]
          .flatMap(({ submissions }) => submissions)
          .filter(({ strategy, consensus }) => strategy === "solver/honest" && consensus !== true).length,
        tolerance: 0,
      }),
    ]
  },
}

const spoofed = ({ submissions }: RunResult): readonly SubmissionResult[] =>
  submissions.filter(({ strategy }) => strategy === "solver/checkpointSpoofer")

const shareOf = <A>(items: readonly A[], counts: (item: A) => boolean): number =>
  items.filter(counts).length / items.length
