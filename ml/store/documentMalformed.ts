import { Schema } from "effect"

/** Bytes from the store that are not the document they were taken for. */
export class DocumentMalformed extends Schema.TaggedError<DocumentMalformed>()("DocumentMalformed", {
  /** Which kind of document was expected. */
  document: Schema.String,
  problem: Schema.String,
}) {
  override get message(): string {
    return `not a ${this.document}: ${this.problem}`
  }
}
