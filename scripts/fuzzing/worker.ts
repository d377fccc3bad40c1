/** Runs chunks that its parent asks for, one at a time. */
import { type ChunkRequest, runChunk } from "../../test/fuzz/evm/chunk.ts"
import { findingToJson } from "../../test/fuzz/evm/caseFile.ts"
import type { Reply } from "./messages.ts"

const answer = (reply: Reply): void => {
  process.send?.(reply)
}

process.on("message", (request: ChunkRequest) => {
  runChunk(request).then(
    ({ chunk, tally, findings }) =>
      answer({
        kind: "done",
        chunk,
        tally,
        cases: findings.map((finding) => findingToJson(request.pair, finding)),
      }),
    (error: unknown) =>
      answer({ kind: "failed", message: error instanceof Error ? String(error.stack) : String(error) }),
  )
})

// Whoever asked has ended.
process.on("disconnect", () => process.exit())
