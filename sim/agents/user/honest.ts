/**
 * Needs answers now and then, and buys each where it is worth more than it costs. What one is worth to it differs from
 * need to need; what a project's answers are worth follows from those that it got before.
 */
import { Effect, Schema } from "effect"
import { record } from "../../kernel/ambient.ts"
import type { Agent } from "../agent.ts"
import { buyInference, offersFor, openPurse, type Offer } from "../inference/buyInference.ts"
import { encodeInferenceInput } from "../inference/inferenceInput.ts"
import { weiOf } from "../weiOf.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"

const positive = (maximum: number) =>
  Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum, exclusiveMinimum: true }))

const Options = Schema.Struct({
  needsPerDay: positive(100_000).pipe(
    withDefault(100, "Answers that it needs a day, on average; needs come at random."),
  ),
  worthAtn: positive(1_000_000).pipe(
    withDefault(2, "What a right answer is worth to it, in ATN: the median over its needs."),
  ),
  worthSigma: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 5 })).pipe(
    withDefault(0.5, "Standard deviation of the natural logarithm of that worth; 0 = always the median."),
  ),
  trust: positive(1_000_000_000).pipe(
    withDefault(3, "How many right answers its good faith in a project is worth before the first answer."),
  ),
  patienceMinutes: positive(10_000).pipe(
    withDefault(10, "Minutes after which an answer that did not come counts as wrong."),
  ),
})
type Options = typeof Options.Type

/** A user's own experience with a project. */
interface Experience {
  paid: number
  right: number
}

export const honestUser = defineStrategy({
  name: "user/honest",
  role: "user",
  description: "Buys inferences where they are worth their price to it, and less where answers were wrong.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, options) {
    yield* openPurse(agent)
    const demand = agent.stream("demand")
    const known = new Map<bigint, Experience>()
    const secondsBetween = 86_400 / options.needsPerDay
    return yield* Effect.forever(
      Effect.gen(function* () {
        yield* Effect.sleep(
          `${Math.max(1, Math.round(-Math.log1p(-demand.next()) * secondsBetween))} seconds`,
        )
        const worthAtn = options.worthAtn * Math.exp(options.worthSigma * demand.normal())
        const example = Math.floor(demand.next() * agent.plan.dataset.test.size)
        yield* Effect.forkScoped(Effect.orDie(satisfy(agent, options, known, { worthAtn, example })))
      }),
    )
  }),
})

interface Need {
  readonly worthAtn: number
  readonly example: number
}

const satisfy = Effect.fnUntraced(function* (
  agent: Agent,
  { trust, patienceMinutes }: Options,
  known: Map<bigint, Experience>,
  { worthAtn, example }: Need,
) {
  const worthOf = ({ projectId }: Offer): bigint => {
    const { paid, right } = known.get(projectId) ?? { paid: 0, right: 0 }
    return weiOf((worthAtn * (right + trust)) / (paid + trust))
  }
  const offers = yield* offersFor(agent)
  const gain = (offer: Offer): bigint => worthOf(offer) - offer.priceWei
  const best = offers.reduce<Offer | undefined>(
    (best, offer) => (gain(offer) > (best === undefined ? 0n : gain(best)) ? offer : best),
    undefined,
  )
  if (best === undefined) return
  const { dataset } = agent.plan
  const inputCid = yield* agent.work.upload(
    encodeInferenceInput({ version: 1, dataset: dataset.name, example }),
  )
  const patience = `${patienceMinutes} minutes` as const
  const bought = yield* buyInference(agent, best, { inputCid, limitWei: worthOf(best), patience })
  if (bought === undefined) return
  const right = bought.label === dataset.test.labels[example]
  const experience = known.get(best.projectId) ?? { paid: 0, right: 0 }
  experience.paid += 1
  if (right) experience.right += 1
  known.set(best.projectId, experience)
  yield* record("inference", { projectId: best.projectId, answered: bought.label !== undefined, right })
})
