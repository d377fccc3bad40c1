/** `npm run validate [-- --quick] [--only V4]`: results that a truthful simulator reproduces, as a table. */
import { auditDetection } from "../test/validation/audit-detection.ts"
import { sampledVerification } from "../test/validation/sampled-verification.ts"
import { v1 } from "../test/validation/v1-lazy-against-honest.ts"
import { v2 } from "../test/validation/v2-three-coordinators.ts"
import { v3 } from "../test/validation/v3-jackpot-alone.ts"
import { v4 } from "../test/validation/v4-detection.ts"
import { v5 } from "../test/validation/v5-bond-and-fee.ts"
import { v6 } from "../test/validation/v6-clipped-mean.ts"
import { v7 } from "../test/validation/v7-capability.ts"
import { v8 } from "../test/validation/v8-bribery.ts"
import { v9 } from "../test/validation/v9-yuma.ts"
import { v10 } from "../test/validation/v10-fedavg-quadratics.ts"
import { v11 } from "../test/validation/v11-aggregators.ts"
import { v12 } from "../test/validation/v12-sign-flip.ts"
import { v14 } from "../test/validation/v14-shards.ts"
import { v13 } from "../test/validation/v13-mnist-fedavg.ts"
import { v15 } from "../test/validation/v15-jury.ts"
import { v16 } from "../test/validation/v16-queue.ts"
import { v17 } from "../test/validation/v17-replicator.ts"
import type { ValidationRow, ValidationTarget } from "../test/validation/target.ts"
import { readOptions, refuseOptions } from "./readOptions.ts"

const targets: readonly ValidationTarget[] = [
  v1,
  v2,
  v3,
  v4,
  v5,
  v6,
  v7,
  v8,
  v9,
  v10,
  v11,
  v12,
  v13,
  v14,
  v15,
  v16,
  v17,
]

/** Closed forms of verification: they have names instead of numbers. */
const closedForms: readonly ValidationTarget[] = [sampledVerification, auditDetection]
const all = [...targets, ...closedForms]

const names = all.map(({ id }) => id).join(", ")
const help = `npm run validate -- [options]: the simulator against results that are known, as a table
  --quick      the short version of each, with wider tolerances; some have none
  --only NAME  this target; repeatable: ${names}
`
const values = readOptions(
  { quick: { type: "boolean", default: false }, only: { type: "string", multiple: true } },
  help,
)
const unknown = values.only?.find((name) => all.every(({ id }) => id !== name))
if (unknown !== undefined) refuseOptions(`--only: expected one of ${names}, found ${unknown}`)
const chosen = all.filter(({ id }) => values.only === undefined || values.only.includes(id))

const digits = (value: number): string => (Number.isInteger(value) ? String(value) : value.toPrecision(6))
const lineOf = (row: ValidationRow): readonly string[] => [
  row.label,
  digits(row.expected),
  digits(row.simulated),
  row.interval === undefined ? "exact" : `[${row.interval.map(digits).join(", ")}]`,
  digits(row.tolerance),
  row.pass ? "pass" : "FAIL",
]

const print = (lines: readonly (readonly string[])[]): void => {
  const widths = (lines[0] ?? []).map((_, column) =>
    Math.max(...lines.map((line) => line[column]?.length ?? 0)),
  )
  for (const line of lines) {
    const cells = line.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
    )
    console.log(`  ${cells.join("  ")}`.trimEnd())
  }
}

let failed = 0
for (const target of chosen) {
  console.log(`${target.id}  ${target.title} (${target.kind}; ${target.source})`)
  const rows = await target.rows(values.quick ? "quick" : "full")
  failed += rows.filter(({ pass }) => !pass).length
  print([["", "expected", "simulated", "99 % interval", "tolerance", "verdict"], ...rows.map(lineOf)])
  console.log()
}
console.log(failed === 0 ? "All rows pass." : `${failed} rows fail.`)
process.exitCode = failed === 0 ? 0 : 1
