/** The digests that are kept in the repository. */
import { readFile } from "node:fs/promises"
import { fileURLToPath } from "node:url"
import { Schema } from "effect"

const KeptDigests = Schema.Struct({
  name: Schema.String,
  /** From the repository's root. */
  scenario: Schema.String,
  /** Changes that make it small, as with `--set`. */
  set: Schema.Array(Schema.String),
  replicates: Schema.Int,
  /** Of every run, by setting and seed: `base-1`. */
  digests: Schema.Record(Schema.String, Schema.String),
})
export type KeptDigests = typeof KeptDigests.Type

export const digestsFile = fileURLToPath(new URL("../../scenarios/digests.json", import.meta.url))

export const readKept = async (): Promise<readonly KeptDigests[]> =>
  Schema.decodeUnknownSync(Schema.Array(KeptDigests))(JSON.parse(await readFile(digestsFile, "utf8")))
