/** The document behind a proposal: its author puts it into the content store and describes the proposal by its identifier. */
import type { Effect as Effects } from "effect"
import { Effect } from "effect"
import type { Cid } from "../../../ml/store/cid.ts"
import { decodeProposal, encodeProposal, type ProposalDocument } from "../../../ml/store/proposalDocument.ts"
import type { Agent } from "../agent.ts"
import { decoding } from "../steps/decoding.ts"
import { orNothing } from "../steps/orNothing.ts"

export interface ProposalText {
  readonly title: string
  readonly breaksPrinciples?: boolean
  readonly injection?: boolean
  readonly bribeAtnPerThousandVotes?: number
}

/** Puts a text into the store; gives back what a proposal says as its description. */
export const publishText = (agent: Agent, text: ProposalText): Effects.Effect<string> =>
  agent.work.upload(
    encodeProposal({
      version: 1,
      breaksPrinciples: false,
      injection: false,
      bribeAtnPerThousandVotes: 0,
      ...text,
    }),
  )

/** The text of a proposal; undefined where its description names none that can be read. */
export const textOf = (agent: Agent, description: string) =>
  orNothing<ProposalDocument, { readonly _tag: string }, never>(
    Effect.flatMap(agent.work.fetch(description as Cid), (bytes) => decoding(() => decodeProposal(bytes))),
  )
