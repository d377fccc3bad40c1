import type { Tally } from "../../test/fuzz/evm/coverage.ts"

/** What a worker says of a chunk; `cases` are files' contents. */
export type Reply =
  | {
      readonly kind: "done"
      readonly chunk: number
      readonly tally: Tally
      readonly cases: readonly string[]
    }
  | { readonly kind: "failed"; readonly message: string }

export type Done = Extract<Reply, { kind: "done" }>
