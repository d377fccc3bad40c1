import { Effect } from "effect"
import { describe, expect, test } from "vitest"
import { createKernel } from "../../sim/kernel/createKernel.ts"
import { StorageLedger } from "../../sim/mechanisms/storageLedger.ts"

const DAY_MILLIS = 86_400_000
const MIB = 1_048_576

/** What `ann` owes at the end of the third day, at 1,000 wei a MiB and day. */
const owedAfter = async (program: (ledger: StorageLedger) => Effect.Effect<void>): Promise<bigint> => {
  const ledger = new StorageLedger()
  const kernel = createKernel({ seed: "1", horizonMicros: 3 * DAY_MILLIS * 1_000 })
  kernel.spawn("ann", program(ledger))
  await kernel.run()
  return ledger.owed("ann", 3 * DAY_MILLIS, 1_000n)
}

describe("storage costs", () => {
  test("from keeping to the end, once however often the same is kept", async () => {
    const owed = await owedAfter((ledger) =>
      Effect.gen(function* () {
        yield* ledger.keep("ann", "shard", MIB)
        yield* Effect.sleep("1 day")
        yield* ledger.keep("ann", "shard", MIB)
        yield* ledger.keep("bob", "shard", MIB)
      }),
    )
    expect(owed).toBe(3_000n)
  })

  test("until it is discarded, and again when it is kept anew", async () => {
    const owed = await owedAfter((ledger) =>
      Effect.gen(function* () {
        yield* ledger.keep("ann", "shard", MIB)
        yield* Effect.sleep("12 hours")
        yield* ledger.discard("ann", "shard")
        yield* ledger.discard("ann", "nothing")
        yield* Effect.sleep("36 hours")
        yield* ledger.keep("ann", "shard", MIB)
      }),
    )
    expect(owed).toBe(500n + 1_000n)
  })
})
