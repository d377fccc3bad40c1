/** Buying answers of deployed models, and remembering which were right. */
import { Duration, Effect, Option } from "effect"
import { maxUint256 } from "viem"
import type { Cid } from "../../../ml/store/cid.ts"
import type { Agent } from "../agent.ts"
import type { Channel } from "../channel.ts"
import { unlessReverted } from "../steps/expectRevert.ts"
import { answersOf } from "./serveInference.ts"

/** A project whose model is for hire. */
export interface Offer {
  readonly projectId: bigint
  /** What this account pays for one inference, wei. */
  readonly priceWei: bigint
}

/** All deployed projects, at the price that holds for the agent. */
export const offersFor = Effect.fnUntraced(function* ({ contracts, account }: Agent) {
  const { project } = contracts
  const next = yield* project.read.nextProjectId()
  const offers: Offer[] = []
  for (let projectId = 1n; projectId < next; projectId++) {
    const { weightsCid } = yield* project.read.getMatureModel([projectId])
    if (weightsCid === "") continue
    offers.push({ projectId, priceWei: yield* project.read.getEffectivePrice([projectId, account]) })
  }
  return offers
})

/** Lets the contract take fees. */
export const openPurse = ({ contracts }: Agent) =>
  contracts.token.write.approve([contracts.project.address, maxUint256])

/** What came of a paid request; undefined where it was not accepted, and nothing was paid. */
export type Answered = { readonly label: number | undefined } | undefined

/** Pays for an inference at no more than `limitWei` and waits for the answer, not longer than `patience`. */
export const buyInference = Effect.fnUntraced(function* (
  agent: Agent,
  { projectId }: Offer,
  request: { readonly inputCid: Cid; readonly limitWei: bigint; readonly patience: Duration.Input },
) {
  const { project } = agent.contracts
  const { inputCid, limitWei, patience } = request
  // Whoever listens before it asks misses nothing.
  const inbox = yield* answersOf(agent, projectId).listen
  const receipt = yield* unlessReverted(
    project.write.requestInferenceWithLimit([projectId, inputCid, limitWei]),
  )
  if (receipt === undefined) return undefined
  const { requestId } = project.events.InferenceRequested.find(receipt.logs)
  const answer = yield* Effect.timeoutOption(answerTo(inbox, requestId), patience)
  return { label: Option.getOrUndefined(answer) } satisfies Answered
}, Effect.scoped)

type Inbox = Effect.Success<Channel["listen"]>

const answerTo = Effect.fnUntraced(function* (inbox: Inbox, requestId: bigint) {
  for (;;) {
    const whisper = yield* inbox.take
    if (whisper.kind === "inferenceAnswer" && whisper.requestId === requestId) return whisper.label
  }
})
