import { Effect } from "effect"
import { decodeWeights } from "../../../ml/store/weightsDocument.ts"
import type { Cid } from "../../../ml/store/cid.ts"
import type { Agent } from "../agent.ts"
import { awaitEvent } from "./awaitEvent.ts"

/** A published global model, as everyone can load it. */
export interface GlobalModel {
  readonly round: number
  readonly cid: Cid
  readonly weights: Float32Array
}

export const loadModel = Effect.fnUntraced(function* (agent: Agent, round: number, cid: Cid) {
  const { values } = decodeWeights(yield* agent.work.fetch(cid))
  return { round, cid, weights: values } satisfies GlobalModel
})

/** The global model of a round, as soon as it is published. Round 0 is the initial model. */
export const awaitGlobalModel = Effect.fnUntraced(function* (agent: Agent, round: number) {
  const { project } = agent.contracts
  const { projectId } = agent.plan
  if (round === 0) return yield* loadModel(agent, 0, agent.plan.initialModel)
  const published = project.read.globalModelOf([projectId, BigInt(round)])
  const cid = yield* awaitEvent(
    project.events.GlobalModelPublished,
    Effect.map(published, (known) => (known === "" ? undefined : known)),
    (args) => (args.projectId === projectId && args.round === BigInt(round) ? args.cid : undefined),
  )
  return yield* loadModel(agent, round, cid)
})

/** The global model that was published last. */
export const latestGlobalModel = Effect.fnUntraced(function* (agent: Agent) {
  const { project } = agent.contracts
  const { projectId } = agent.plan
  const round = yield* project.read.lastRoundOf([projectId])
  if (round === 0n) return yield* loadModel(agent, 0, agent.plan.initialModel)
  const cid = yield* project.read.globalModelOf([projectId, round])
  return yield* loadModel(agent, Number(round), cid)
})
