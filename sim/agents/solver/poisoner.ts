/** Hands in an update that harms the global model, or plants something in it: one of the attacks of `ml/poisoning`. */
import { Effect, Schema } from "effect"
import { updateBetween } from "../../../ml/models/weightUpdate.ts"
import {
  Alie,
  Backdoor,
  Garbage,
  Gaussian,
  LabelFlip,
  Scaled,
  SignFlip,
} from "../../../ml/poisoning/attackSpec.ts"
import { createAttack } from "../../../ml/poisoning/createAttack.ts"
import type { Agent } from "../agent.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"
import { answerTasks, type Answer, type TaskToSolve } from "./answerTasks.ts"
import { guessedUpdates } from "./guessedUpdates.ts"

const ATTACKS = "one of signFlip, garbage, scaled, gaussian, alie, labelFlip, backdoor"

/** Only federated averaging looks at claims of samples, and caps them. */
const claim = {
  claimedSamples: Schema.optionalKey(
    Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000_000 })).annotate({
      description: "Samples that it claims to have trained on. Default: those of its shard.",
    }),
  ),
}

/** What one solver can do alone. The first is what it does if nothing is said. */
const Options = Schema.Union([
  Schema.Struct({
    ...SignFlip.fields,
    // A choice of one, because a lone literal doesn't say what was expected.
    attack: Schema.Literals(["signFlip"])
      .annotate({ expected: ATTACKS })
      .pipe(withDefault("signFlip", "What it does.")),
    ...claim,
  }),
  Schema.Struct({ ...Garbage.fields, ...claim }),
  Schema.Struct({ ...Scaled.fields, ...claim }),
  Schema.Struct({ ...Gaussian.fields, ...claim }),
  Schema.Struct({ ...Alie.fields, ...claim }),
  Schema.Struct({ ...LabelFlip.fields, ...claim }),
  Schema.Struct({ ...Backdoor.fields, ...claim }),
])
type Options = typeof Options.Type

/** Standard deviations that Baruch et al. take where numbers of clients are not known. */
const ALIE_DEVIATIONS = 1.5

export const poisonerSolver = defineStrategy({
  name: "solver/poisoner",
  role: "solver",
  description:
    "Hands in an update that is invented, turned around, scaled, noisy, mislabelled or has a backdoor.",
  optionsSchema: Options,
  plants: (options) => (options.attack === "backdoor" ? options : undefined),
  run: (agent, options) => answerTasks(agent, (task) => poison(agent, options, task)),
})

const poison = Effect.fnUntraced(function* (
  agent: Agent,
  options: Options,
  { taskId, base, examples }: TaskToSolve,
) {
  const { plan } = agent
  const label = `task/${taskId}`
  const seed = agent.trainingSeed(label)
  const attack = createAttack(options.attack === "alie" ? { z: ALIE_DEVIATIONS, ...options } : options, {
    dataset: plan.dataset,
    seed,
  })
  const length = base.weights.length
  let trained: Float32Array = new Float32Array(length)
  let ofAttackers: readonly Float32Array[] = [trained]
  const data = attack.trainsOn?.({ dataset: plan.dataset, indices: examples })
  if (options.attack === "alie") {
    ofAttackers = yield* guessedUpdates(agent, base.weights, label)
  } else if (data !== undefined) {
    trained = updateBetween(
      base.weights,
      (yield* agent.work.train({ base: base.weights, seed, data })).weights,
    )
    ofAttackers = [trained]
  }
  const stream = agent.stream(`${options.attack}/${label}`)
  const clients = plan.tasksPerRound * plan.solversPerTask
  const known = { length, trained, ofAttackers, lastUpdates: [], clients, attackers: 1, stream }
  return { update: attack.handIn(known), samples: options.claimedSamples ?? examples.length } satisfies Answer
})
