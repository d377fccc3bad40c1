/**
 * The life of an aggregator, whatever it makes of the updates: it publishes the rounds that fall to it, those of others who
 * let their time pass, and those that a dispute has opened again; and it has disputes about its own models decided.
 */
import { Effect } from "effect"
import { Chain } from "../../../chain/chain.ts"
import { encodeWeights } from "../../../ml/store/weightsDocument.ts"
import type { Agent } from "../agent.ts"
import { awaitGlobalModel, type GlobalModel } from "../steps/globalModel.ts"
import { stakeAs, topUpStake } from "../steps/join.ts"
import { closedTasksUntil } from "../steps/roundOfTask.ts"
import { closedTasksOfRound } from "./closedTasksOfRound.ts"
import { openHandOver, type HandOver } from "./handOver.ts"

/** A round that is to be published. */
export interface RoundToAverage {
  readonly round: number
  readonly base: GlobalModel
  /** Its closed tasks, in the order of their numbers. */
  readonly tasks: readonly bigint[]
}

/** The weights of the next global model; undefined where nothing is to be published. */
export type MakeModel<E, R> = (round: RoundToAverage) => Effect.Effect<Float32Array | undefined, E, R>

interface Office<E, R> {
  readonly agent: Agent
  /** Undefined where nobody stores models. */
  readonly handOver: HandOver | undefined
  readonly makeModel: MakeModel<E, R>
  readonly upload: Agent["work"]["upload"]
}

/** Stakes, then publishes what `makeModel` makes, by the identifier that `upload` gives. */
export const aggregateRounds = <E, R>(
  agent: Agent,
  makeModel: MakeModel<E, R>,
  upload: Agent["work"]["upload"] = agent.work.upload,
) =>
  Effect.gen(function* () {
    yield* stakeAs(agent, "aggregator", agent.stakeWei)
    const office: Office<E, R> = { agent, handOver: yield* openHandOver(agent), makeModel, upload }
    // Also after the last round: what was published can still be disputed.
    yield* Effect.all([serve(office), standTrial(office)], { concurrency: "unbounded", discard: true })
  })

const serve = Effect.fnUntraced(function* <E, R>(office: Office<E, R>) {
  const { agent } = office
  for (let round = 1; round <= agent.plan.rounds; round++) {
    yield* awaitGlobalModel(agent, round - 1)
    const tasks = yield* closedTasksOfRound(agent, round)
    yield* publishInTurn(office, round, tasks)
    yield* topUpStake(agent)
  }
})

/** Ends when somebody has published the round. */
const publishInTurn = Effect.fnUntraced(function* <E, R>(
  office: Office<E, R>,
  round: number,
  tasks: readonly bigint[],
) {
  const { aggregators, models } = office.agent.protocol
  const chain = yield* Chain
  for (;;) {
    if ((yield* aggregators.isMyTurn(round)) && (yield* publish(office, round, tasks))) return
    const published = Effect.as(models.await(round), true)
    const next = yield* aggregators.nextTurn(round)
    if (next === undefined) return yield* Effect.asVoid(published)
    if (yield* Effect.race(published, Effect.as(chain.awaitBlock(next), false))) return
  }
})

const publish = Effect.fnUntraced(function* <E, R>(
  { agent, handOver, makeModel, upload }: Office<E, R>,
  round: number,
  tasks: readonly bigint[],
) {
  const chain = yield* Chain
  const base = yield* awaitGlobalModel(agent, round - 1)
  const values = yield* makeModel({ round, base, tasks })
  if (values === undefined) return false
  const { model } = agent.plan
  const weights = encodeWeights({ kind: "model", model, round, samples: 0, base: null, values })
  const cid = yield* upload(weights)
  const isPublished = yield* agent.protocol.models.publish({ round, cid })
  yield* chain.nextBlock
  if (isPublished && handOver !== undefined) yield* handOver(cid, weights)
  return isPublished
})

/** What disputes ask of aggregators. Nothing where the contract set knows none. */
const standTrial = <E, R>(office: Office<E, R>) =>
  Effect.gen(function* () {
    const { account, contracts, plan, protocol } = office.agent
    const { disputes } = protocol
    if (disputes === undefined) return
    const reopened = disputes.forEachReopened((round) =>
      Effect.gen(function* () {
        const chain = yield* Chain
        const tasks = yield* closedTasksUntil(office.agent, round, yield* chain.blockNumber)
        yield* publishInTurn(office, round, tasks)
      }),
    )
    const disputed = disputes.forEachDispute((round) =>
      Effect.gen(function* () {
        const publisher = yield* contracts.project.read.aggregatorOf([plan.projectId, BigInt(round)])
        if (publisher.toLowerCase() === account.toLowerCase()) yield* disputes.settle(round)
      }),
    )
    yield* Effect.all([reopened, disputed], { concurrency: "unbounded", discard: true })
  })
