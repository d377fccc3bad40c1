/** What a proposal says for itself, as canonical JSON in the store: its description on the chain is the document's identifier. */
import { Schema } from "effect"
import { canonicalJson } from "../../sim/kernel/canonicalJson.ts"
import { DocumentMalformed } from "./documentMalformed.ts"

/**
 * Stands for a text that people and language models read: beside the title, what they would find if they read it
 * rightly. Readers of the document make up their minds by models that err, not by these flags as they are.
 */
export const ProposalDocument = Schema.Struct({
  version: Schema.Literal(1),
  title: Schema.NonEmptyString,
  /** Whether what it asks for breaks a principle of the constitution. */
  breaksPrinciples: Schema.Boolean,
  /** Whether the text carries instructions to language models that read it. */
  injection: Schema.Boolean,
  /** ATN that the author promises to a voter for each 1,000 votes in favour. */
  bribeAtnPerThousandVotes: Schema.Finite.check(Schema.isGreaterThanOrEqualTo(0)),
})
export type ProposalDocument = typeof ProposalDocument.Type

export const encodeProposal = (proposal: ProposalDocument): Uint8Array =>
  new TextEncoder().encode(canonicalJson(proposal))

/** Throws `DocumentMalformed` for bytes that are no such document. */
export const decodeProposal = (bytes: Uint8Array): ProposalDocument => {
  try {
    return Schema.decodeUnknownSync(ProposalDocument)(JSON.parse(new TextDecoder().decode(bytes)), {
      onExcessProperty: "error",
    })
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error)
    throw new DocumentMalformed({ document: "proposal", problem })
  }
}
