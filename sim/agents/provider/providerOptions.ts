/** Options that providers of several kinds share. */
import { Schema } from "effect"
import { withDefault } from "../strategyOptions.ts"

export const capacityMib = Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 1_000_000 })).pipe(
  withDefault(64, "Room that the provider registers, in MiB."),
)

export const auditHours = (standard: number) =>
  Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 10_000 })).pipe(
    withDefault(standard, "Hours between two turns of challenging other providers; 0 = never."),
  )
