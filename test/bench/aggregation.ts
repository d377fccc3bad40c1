/** CPU time of one aggregation, by rule, number of updates and number of parameters. */
import { aggregate } from "../../ml/aggregation/aggregate.ts"
import type { AggregationRule } from "../../ml/aggregation/aggregationRule.ts"
import { deriveStream } from "../../sim/kernel/randomStream.ts"
import { formatInteger } from "../../sim/results/format.ts"

const rules: readonly AggregationRule[] = [
  { kind: "fedAvg" },
  { kind: "median" },
  { kind: "trimmedMean", share: 0.2 },
  { kind: "krum", byzantine: 4 },
  { kind: "multiKrum", byzantine: 4 },
]

/** The perceptrons 784-32-10 and 784-200-200-10, and the convolutional network of McMahan et al. */
const sizes = [
  { clients: 20, parameters: 25_450 },
  { clients: 20, parameters: 199_210 },
  { clients: 100, parameters: 199_210 },
  { clients: 20, parameters: 1_663_370 },
]

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!

const updatesOf = (clients: number, parameters: number) => {
  const stream = deriveStream("bench", "aggregation")
  return Array.from({ length: clients }, (_, client) => ({
    name: `client-${client}`,
    values: Float32Array.from({ length: parameters }, () => stream.next() - 0.5),
    samples: 600,
  }))
}

/** Title, header and rows; each time is the median of `repetitions`. */
export const aggregationTable = (
  repetitions: number,
): [title: string, header: readonly string[], rows: readonly (readonly string[])[]] => {
  const rows = sizes.map(({ clients, parameters }) => {
    const updates = updatesOf(clients, parameters)
    const times = rules.map((rule) =>
      median(
        Array.from({ length: repetitions }, () => {
          const start = process.threadCpuUsage()
          aggregate(updates, { rule })
          const { user, system } = process.threadCpuUsage(start)
          return (user + system) / 1000
        }),
      ),
    )
    return [String(clients), formatInteger(parameters), ...times.map((ms) => formatInteger(Math.round(ms)))]
  })
  return [
    `Aggregation, milliseconds of CPU time (median of ${repetitions})`,
    ["updates", "parameters", ...rules.map(({ kind }) => kind)],
    rows,
  ]
}
