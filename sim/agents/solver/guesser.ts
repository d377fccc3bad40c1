/**
 * Guesses ground truths: where they come from a few public benchmarks, it encodes what each could say and compares the
 * hash with the one on chain. On a match it trains on the examples that it will be judged by; else it works honestly.
 */
import { Effect, Schema } from "effect"
import { updateBetween } from "../../../ml/models/weightUpdate.ts"
import { encodeGroundTruth, type GroundTruth } from "../../../ml/store/taskDocuments.ts"
import { record } from "../../kernel/ambient.ts"
import type { Agent } from "../agent.ts"
import { benchmark, benchmarksOption } from "../proposer/benchmark.ts"
import { NO_SALT } from "../proposer/ways.ts"
import { trainForTask } from "../steps/leaveTrail.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { cidBeforeUpload } from "../work.ts"
import { answerByTruth } from "./answerByTruth.ts"
import { answerTasks } from "./answerTasks.ts"
import { revealedHash } from "../revealedHash.ts"

const Options = Schema.Struct({
  benchmarks: benchmarksOption,
  guesses: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000 })).pipe(
    withDefault(8000, "Most documents that it tries for one task."),
  ),
  betterThanBase: Schema.Boolean.pipe(
    withDefault(false, "Whether it leaves out documents whose reference is no better than the base model."),
  ),
  repeats: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100 })).pipe(
    withDefault(4, "How many times it takes each guessed example in an epoch."),
  ),
})
type Options = typeof Options.Type

export const guessingSolver = defineStrategy({
  name: "solver/guesser",
  role: "solver",
  description: "Tries to guess ground truths from their hashes, and trains on those that it finds.",
  optionsSchema: Options,
  trainsOnGroundTruth: true,
  run: (agent, options) =>
    answerTasks(
      agent,
      Effect.fnUntraced(function* (task) {
        const { taskId, base, examples } = task
        const { checkpoints } = task.specification
        const { groundTruthSolHash } = yield* agent.contracts.tasks.read.getTaskProposal([taskId])
        const { tried, truth } = guess(agent, options, groundTruthSolHash)
        yield* agent.work.hash(tried)
        yield* record("guess", { taskId, tried, found: truth !== undefined })
        if (truth !== undefined) return yield* answerByTruth(agent, task, { truth, ...options })
        const trained = yield* trainForTask(agent, { taskId, base: base.weights, checkpoints, examples })
        const update = updateBetween(base.weights, trained.weights)
        return { update, samples: examples.length, trail: trained.documents }
      }),
    ),
})

/** The document with this hash, if it is among the guesses, and how many were tried. */
const guess = (agent: Agent, options: Options, hash: string) => {
  let tried = 0
  for (const truth of candidates(agent, options)) {
    if (tried === options.guesses) break
    tried += 1
    const cid = cidBeforeUpload(encodeGroundTruth(truth))
    if (revealedHash(cid) === hash) return { tried, truth }
  }
  return { tried, truth: undefined }
}

/** What a ground truth could say: benchmark, what the base gets right, what the reference gets right. */
function* candidates({ plan }: Agent, { benchmarks, betterThanBase }: Options): Generator<GroundTruth> {
  const { dataset } = plan
  const sets = Array.from({ length: benchmarks }, (_, number) => benchmark(plan, number))
  const total = sets[0]?.length ?? 0
  for (let base = 0; base <= total; base++) {
    for (let reference = betterThanBase ? base : 1; reference <= total; reference++) {
      for (const indices of sets) {
        yield {
          version: 1,
          dataset: dataset.name,
          datasetHash: dataset.hash,
          split: "test",
          indices,
          threshold: { correct: Math.max(1, reference), total },
          base: { correct: base, total },
          salt: NO_SALT,
        }
      }
    }
  }
}
