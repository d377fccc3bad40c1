/** How well the global model really masters each capability, and what the market made of it: one line a round each. */
import { Effect } from "effect"
import type { EvaluationError, Learning } from "../../ml/learning.ts"
import type { ContractReadError } from "../../chain/errors.ts"
import type { Chain } from "../../chain/chain.ts"
import type { Capability } from "../agents/capability.ts"
import { examplesOf } from "../agents/capability.ts"
import type { Contracts } from "../agents/contracts.ts"
import type { Offers } from "../agents/protocol/offers.ts"
import type { TrainingPlan } from "../agents/trainingPlan.ts"
import type { CapabilityResult } from "../results/runResult.ts"
import type { Chronicle, Task } from "./chronicle.ts"
import { heldOutFor, measureAccuracy, type HeldOut } from "./truth.ts"

/** A capability that nothing could be said about: the scenario has no examples of it to measure by. */
export class CapabilityWithoutExamples extends Error {
  override readonly name = "CapabilityWithoutExamples"
}

/** Throws `CapabilityWithoutExamples`. */
export const requireExamples = (plan: TrainingPlan, heldOut: HeldOut): void => {
  const { from, size } = plan.groundTruthPool
  const pool = Uint32Array.from({ length: size }, (_, place) => from + place)
  for (const capability of plan.capabilities) {
    const measured = heldOutFor(plan, capability, heldOut)
    const asked = examplesOf(capability, plan.dataset.test.labels, pool)
    if (measured?.length === 0 || asked.length === 0) {
      const problem = `no held-out example of capability ${capability.name}`
      throw new CapabilityWithoutExamples(`${problem}; raise learning.heldOutExamples or name other labels`)
    }
  }
}

export interface Mastery {
  /** Of all its held-out examples, each judged within its capability, 0 to 1. */
  readonly accuracy: number
  /** In the order of the scenario; undefined where it names no capabilities. */
  readonly capabilities: readonly CapabilityResult[] | undefined
}

export interface MasteryOptions {
  readonly plan: TrainingPlan
  readonly learning: Learning["Service"]
  readonly heldOut: HeldOut
  readonly contracts: Contracts
  readonly offers: Offers
  readonly chronicle: Pick<Chronicle, "tasks">
}

/** Measures the model that was published for a round. */
export const masteryOf = (
  options: MasteryOptions,
): ((
  weights: Float32Array,
  round: number,
) => Effect.Effect<Mastery, EvaluationError | ContractReadError, Chain>) => {
  const { plan, learning, heldOut, chronicle } = options
  requireExamples(plan, heldOut)
  const isPriced = plan.capabilities.some(({ classes }) => classes !== undefined)
  return Effect.fnUntraced(function* (weights, round) {
    let correct = 0
    let total = 0
    const results: CapabilityResult[] = []
    for (const capability of plan.capabilities) {
      const examples = heldOutFor(plan, capability, heldOut)
      const { classes, name } = capability
      const found = yield* measureAccuracy({ plan, learning, weights, heldOut: examples, classes })
      correct += found.correct
      total += found.total
      if (!isPriced) continue
      const tasks = tasksOf(chronicle, round, name)
      const ofTasks = { tasks: tasks.length, solutions: solutionsOf(tasks) }
      const market = yield* marketOf(options, capability, tasks)
      results.push({ round, module: name, accuracy: found.accuracy, ...market, ...ofTasks })
    }
    return { accuracy: correct / total, capabilities: isPriced ? results : undefined }
  })
}

const tasksOf = ({ tasks }: Pick<Chronicle, "tasks">, round: number, module: string): readonly Task[] =>
  [...tasks.values()].filter(
    ({ specification }) => specification?.round === round && specification.module === module,
  )

/** Revealed solutions, traps left out. */
const solutionsOf = (tasks: readonly Task[]): number =>
  tasks.flatMap(({ submissions }) => [...submissions.values()]).filter(({ trap }) => !trap).length

const WHOLE_BPS = 10_000

/** What the round's tasks paid, and what the scorecard said when the round was published. */
const marketOf = Effect.fnUntraced(function* (
  { contracts, offers }: MasteryOptions,
  { moduleId }: Capability,
  tasks: readonly Task[],
) {
  let sum = 0
  for (const { taskId } of tasks) {
    const bps = offers("TaskContract.moduleOf")
      ? Number((yield* contracts.tasks.read.moduleOf([taskId])).multiplierBps)
      : WHOLE_BPS
    sum += bps / WHOLE_BPS
  }
  const { scorecard } = contracts
  const card = scorecard === undefined ? undefined : yield* scorecard.read.moduleCard([moduleId])
  return {
    multiplier: tasks.length === 0 ? null : sum / tasks.length,
    reportedScore: card === undefined || card.reports === 0n ? null : Number(card.scoreBps) / WHOLE_BPS,
  }
})
