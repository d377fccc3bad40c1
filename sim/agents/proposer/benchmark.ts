/** Judges every task by one of a few public benchmarks, which is convenient, and guessable where nothing hides which. */
import { Effect, Random, Schema } from "effect"
import { deriveStream } from "../../kernel/randomStream.ts"
import { drawSample } from "../../../ml/evaluation/sample.ts"
import type { TrainingPlan } from "../trainingPlan.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { proposeTasks } from "./proposeTasks.ts"
import { honestWays } from "./ways.ts"

/** The examples of benchmark `number`: everybody knows them. */
export const benchmark = ({ groundTruthPool, evaluationExamples }: TrainingPlan, number: number) => {
  const { from, size } = groundTruthPool
  const pool = Array.from({ length: size }, (_, index) => from + index)
  const drawn = drawSample(pool, Math.min(size, evaluationExamples), deriveStream(`${number}`, "benchmark"))
  return [...drawn].sort((a, b) => a - b)
}

export const benchmarksOption = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1000 })).pipe(
  withDefault(8, "How many benchmarks there are."),
)

const Options = Schema.Struct({
  benchmarks: benchmarksOption,
  salted: Schema.Boolean.pipe(
    withDefault(true, "Whether its ground truths carry 32 random bytes, which nobody can guess."),
  ),
})

export const benchmarkProposer = defineStrategy({
  name: "proposer/benchmark",
  role: "proposer",
  description: "Proposes like an honest one, with ground truths from a few public benchmarks.",
  optionsSchema: Options,
  run: (agent, { benchmarks, salted }) =>
    proposeTasks(agent, () => Effect.void, "rotation", {
      ...honestWays,
      salted,
      examples: ({ plan }) =>
        Effect.map(Random.nextIntBetween(0, benchmarks - 1), (number) => benchmark(plan, number)),
    }),
})
