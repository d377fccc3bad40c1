/** The benchmark's results for people. */
import { formatDecimal, formatInteger } from "../../../sim/results/format.ts"
import type { Rate, Speed } from "./measureSpeed.ts"
import type { WorldCosts } from "./measureWorlds.ts"

export interface Row {
  readonly name: string
  readonly speed: Speed
  readonly world: WorldCosts
}

const whole = (value: number): string => formatInteger(Math.round(value))

const layOut = (rows: readonly (readonly string[])[]): string => {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? "").length)),
  )
  return rows
    .map((row) =>
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n")
}

/** Those who cannot be measured in CPU time are compared by wall time. */
const rateOf = ({ cpuCallsPerSecond, wallCallsPerSecond }: Speed): Rate =>
  cpuCallsPerSecond ?? wallCallsPerSecond

export const speedTable = (rows: readonly Row[]): string => {
  const reference = rows[0] === undefined ? NaN : rateOf(rows[0].speed).median
  return layOut([
    [
      "engine",
      "calls/s",
      "slowest–fastest",
      "Mgas/s",
      "× first",
      "µs a call",
      "calls/s of wall time",
      "calls a round",
    ],
    ...rows.map(({ name, speed }) => {
      const rate = rateOf(speed)
      return [
        name,
        whole(rate.median),
        `${whole(rate.lowest)}–${whole(rate.highest)}`,
        formatDecimal((rate.median * speed.gasPerCall) / 1e6, 1),
        formatDecimal(rate.median / reference, 1),
        formatDecimal(1e6 / rate.median, 1),
        whole(speed.wallCallsPerSecond.median),
        whole(speed.calls),
      ]
    }),
  ])
}

export const worldTable = (rows: readonly Row[], tasks: number): string =>
  layOut([
    ["engine", "memory of a world", `after ${tasks} tasks`, "fork", "snapshot and restore", "views/s"],
    ...rows.map(({ name, world: { memory, forkSeconds, snapshotSeconds, viewsPerCpuSecond } }) => [
      name,
      bytesText(memory?.afterSetup),
      bytesText(memory?.afterTasks),
      secondsText(forkSeconds),
      secondsText(snapshotSeconds),
      viewsPerCpuSecond === undefined ? "—" : whole(viewsPerCpuSecond),
    ]),
  ])

const bytesText = (bytes: number | undefined): string =>
  bytes === undefined ? "—" : `${whole(bytes / 1_024)} KiB`

const secondsText = (seconds: number | undefined): string => {
  if (seconds === undefined) return "—"
  return seconds < 0.001 ? `${formatDecimal(seconds * 1e6, 1)} µs` : `${formatDecimal(seconds * 1e3, 2)} ms`
}
