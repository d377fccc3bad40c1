/**
 * V15: what a majority of n jurors of accuracy p gets right, each erring for itself: Condorcet's binomial sum; and with
 * probability r all of one model family share one draw: r·p + (1 − r)·(that sum).
 *
 * Twice: through the model of evaluators that validators follow in runs, on many texts; and for n = 3 and 7 through the
 * juries of the constitution, where a simple majority suffices here: for each number of approvals a real jury is drawn,
 * commits and reveals, and consents or not. The chance of that number is a binomial, the rest is exact.
 */
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import { approves } from "../../sim/agents/validator/evaluator.ts"
import { createGovernedWorld, playJury, propose } from "../contracts/government.ts"
import { exactRow, statisticalRow, type ValidationRow, type ValidationTarget } from "./target.ts"

const ACCURACY = 0.7

interface Case {
  readonly jurors: number
  readonly sharedError: number
  /** From the targets' table, not computed here. */
  readonly expected: number
}

const cases: readonly Case[] = [
  { jurors: 3, sharedError: 0, expected: 0.784 },
  { jurors: 7, sharedError: 0, expected: 0.873964 },
  { jurors: 15, sharedError: 0, expected: 0.949987 },
  { jurors: 31, sharedError: 0.3, expected: 0.903322 },
]

/** Juries a replicate, replicates, and the width of the interval that they can give. */
const sizes = {
  quick: { juries: 60, replicates: 10, width: 0.12 },
  full: { juries: 500, replicates: 20, width: 0.03 },
} as const

export const v15: ValidationTarget = {
  id: "V15",
  title: "Juries of evaluators that err",
  source: "Condorcet's jury theorem; shared draw with probability r",
  kind: "statistical",
  rows: async (mode) => [
    ...cases
      .filter(({ jurors }) => mode === "full" || jurors === 7 || jurors === 31)
      .map((one) => ofModel(one, mode)),
    await ofContract(3, 0.784),
    ...(mode === "full" ? [await ofContract(7, 0.873964)] : []),
  ],
}

const ofModel = ({ jurors, sharedError, expected }: Case, mode: keyof typeof sizes): ValidationRow => {
  const { juries, replicates, width } = sizes[mode]
  const right = Array.from({ length: replicates }, (_, replicate) => {
    const common = `v15/${jurors}/${replicate}`
    const own = Array.from({ length: jurors }, (_, place) => deriveStream(common, `juror-${place}`))
    let count = 0
    for (let jury = 0; jury < juries; jury++) {
      // Half of the texts deserve a no.
      const text = { subject: `text-${jury}`, breaksPrinciples: jury % 2 === 0, injection: false }
      const model = { accuracy: ACCURACY, families: 1, sharedError, susceptibility: 0 }
      const votes = own.map((stream, place) => approves(model, text, { place, common, own: stream }))
      const approving = votes.filter(Boolean).length
      if (approving > jurors / 2 === !text.breaksPrinciples) count += 1
    }
    return count / juries
  })
  return statisticalRow({
    label: `model: majority of ${jurors} right, r = ${sharedError}`,
    expected,
    replicates: right,
    tolerance: width,
  })
}

/** P(the constitution's jury of n consents), each juror approving with the accuracy. */
const ofContract = async (jurors: number, expected: number): Promise<ValidationRow> => {
  const constitution = (key: string, value: bigint) => ({ contract: "Constitution", key, value }) as const
  const world = await createGovernedWorld({
    parameters: [
      constitution("jurySize", BigInt(jurors)),
      constitution("juryMajorityBps", 5_001n),
      constitution("openAmendmentsPerProposer", 1_000n),
    ],
  })
  let simulated = 0
  for (let approvals = 0; approvals <= jurors; approvals++) {
    const motion = await propose(world, "constitution", "repealPrinciple", [0n])
    await motion.open()
    await playJury(motion, (seat) => ({ approves: seat < approvals, confidence: 90 }))
    const consents = await world.read("constitution", "juryConsents", [await motion.juryId()])
    if (consents) simulated += binomial(jurors, approvals)
  }
  return exactRow({ label: `contract: jury of ${jurors} consents`, expected, simulated, tolerance: 1e-6 })
}

/** P(so many of n approve). */
const binomial = (n: number, count: number): number => {
  let ways = 1
  for (let i = 1; i <= count; i++) ways = (ways * (n - count + i)) / i
  return ways * ACCURACY ** count * (1 - ACCURACY) ** (n - count)
}
