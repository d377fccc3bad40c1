/** The partitions by name, as documents and scenarios ask for them. */
import { Schema } from "effect"
import { byLabel } from "./byLabel.ts"
import { dirichlet } from "./dirichlet.ts"
import { iid } from "./iid.ts"
import type { PartitionRequest } from "./pool.ts"

/** How the training data is dealt to shards. */
export const PartitionKind = Schema.Union([
  Schema.Struct({ kind: Schema.Literal("iid") }),
  /** `alpha` > 0: concentration; 0.5 is clearly skewed, 100 nearly iid. */
  Schema.Struct({
    kind: Schema.Literal("dirichlet"),
    alpha: Schema.Finite.check(Schema.isGreaterThan(0)),
  }),
  /** `slicesPerPart`: about how many classes a shard knows. */
  Schema.Struct({
    kind: Schema.Literal("byLabel"),
    slicesPerPart: Schema.Int.check(Schema.isGreaterThanOrEqualTo(1)),
  }),
])
export type PartitionKind = typeof PartitionKind.Type

/** Deals shards of the asked kind. Throws `PartitionInvalid`. */
export const partition = (kind: PartitionKind, request: PartitionRequest): Uint32Array[] => {
  switch (kind.kind) {
    case "iid":
      return iid(request)
    case "dirichlet":
      return dirichlet({ ...request, alpha: kind.alpha })
    case "byLabel":
      return byLabel({ ...request, slicesPerPart: kind.slicesPerPart })
  }
}
