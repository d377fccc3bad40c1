/**
 * How often coordinators err that look at one example in a hundred. The rule on a sample is passed by chance: of N
 * examples a submission gets K right, n are drawn without repetition, and the number of right ones among them is
 * hypergeometric; `ml/sampledAcceptance.ts` has the form.
 *
 * Whole runs on the contracts, with honest solvers and such that turn a fifth of their update around. The ground truth
 * is the whole test split, which is also the set by which the simulator measures: so K and the base's count are known
 * for every submission. A replicate is one run: its rate of wrong votes minus the rate that the form predicts.
 */
import { join } from "node:path"
import { approvalProbability } from "../../ml/sampledAcceptance.ts"
import type { RunResult, SubmissionResult } from "../../sim/results/runResult.ts"
import { playExperiment } from "../run/playExperiment.ts"
import { exactRow, statisticalRow, type ValidationTarget } from "./target.ts"

const TOTAL = 10_000
const SAMPLE = 100
const EVALUATION_ATN = 1

export const sampledVerification: ValidationTarget = {
  id: "sampling",
  title: "Wrong votes of coordinators that look at a sample",
  source: "hypergeometric distribution; K of N right on the whole set, n sampled",
  kind: "statistical",
  rows: async (mode) => {
    const replicates = mode === "quick" ? 4 : 16
    const runs = await playExperiment(join(import.meta.dirname, "sampling.yaml"), [
      `replicates=${replicates}`,
    ])
    const difference = (truth: boolean) =>
      runs.map(
        (run) => wrongVotes(run, truth, simulatedApprovals) - wrongVotes(run, truth, predictedApprovals),
      )
    const width = mode === "quick" ? 0.3 : 0.06
    const votes = runs.flatMap(({ agents }) => agents).filter(({ votes }) => votes > 0)
    const charged = votes.reduce((sum, { money }) => sum - Number(money.verification) / 1e18, 0)
    const looked = votes.reduce((sum, { votes }) => sum + votes, 0)
    return [
      statisticalRow({
        label: "false rejections of good submissions, simulated − predicted",
        expected: 0,
        replicates: difference(true),
        tolerance: width,
      }),
      statisticalRow({
        label: "false approvals of bad submissions, simulated − predicted",
        expected: 0,
        replicates: difference(false),
        tolerance: width,
      }),
      exactRow({
        label: "ATN charged for a vote",
        expected: (EVALUATION_ATN * SAMPLE) / TOTAL,
        simulated: charged / looked,
        tolerance: 1e-12,
      }),
    ]
  },
}

type Approvals = (run: RunResult, submission: SubmissionResult) => number

const simulatedApprovals: Approvals = (_, { votes }) => votes.filter(({ correct }) => correct).length

const predictedApprovals: Approvals = (run, { round, accuracy, votes }) => {
  const countsOf = (share: number) => ({ correct: Math.round(share * TOTAL), total: TOTAL })
  const yardstick = {
    base: countsOf(run.rounds[round - 1]!.accuracy),
    // The scenario asks for no score: only the comparison with the base decides.
    threshold: { correct: 1, total: 1 },
    rule: { minimumScore: 0, toleranceBps: 0 },
  }
  return votes.length * approvalProbability(countsOf(accuracy!), SAMPLE, yardstick)
}

/** Wrong votes per vote on submissions that are truly good, or truly bad. */
const wrongVotes = (run: RunResult, truth: boolean, approvals: Approvals): number => {
  const submissions = run.submissions.filter((submission) => submission.truth === truth)
  const votes = submissions.reduce((sum, submission) => sum + submission.votes.length, 0)
  const approved = submissions.reduce((sum, submission) => sum + approvals(run, submission), 0)
  return truth ? 1 - approved / votes : approved / votes
}
