/** How the survival of models in shards is measured. */
import { Schema } from "effect"
import { about, decimal, orElse } from "./fields.ts"

export const StorageSection = Schema.Struct({
  probeMinutes: decimal(
    { min: 0, max: 1_000_000, aboveMin: true },
    {
      title: "Time between probes",
      description:
        "So often the simulator tries to restore every registered model from what its providers really give, for the first time so long after its registration. Only where the population has providers.",
      unit: "minutes",
      default: 60,
    },
  ).pipe(orElse(60)),
}).annotate(
  about({
    title: "Storage",
    description: "Models in shards, which providers hold: how survival is measured.",
  }),
)
