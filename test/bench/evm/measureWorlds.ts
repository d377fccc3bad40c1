/** What a world of each contender costs besides transactions: memory, forks, snapshots, views. */
import type { Contender, Look, Memory, Prepared } from "./contender.ts"
import type { Load } from "./load.ts"
import { median } from "./statistics.ts"

export interface WorldCosts {
  readonly memory: Memory | undefined
  readonly forkSeconds: number | undefined
  readonly snapshotSeconds: number | undefined
  readonly viewsPerCpuSecond: number | undefined
}

/** Engines that disagree about what a contract says must not be compared. */
export class ViewsDiffer extends Error {
  override readonly name = "ViewsDiffer"
}

const sampleSeconds = 0.2
const samples = 5

export const measureWorlds = async (
  load: Load,
  contenders: readonly { readonly contender: Contender; readonly prepared: Prepared }[],
): Promise<readonly WorldCosts[]> => {
  const costs: WorldCosts[] = []
  let expected: { readonly name: string; readonly outputs: readonly string[] } | undefined
  for (const { contender, prepared } of contenders) {
    const { look, rate } = await measureViews(load, prepared)
    if (look !== undefined) {
      expected ??= { name: contender.name, outputs: look.outputs }
      checkOutputs(expected, { name: contender.name, outputs: look.outputs })
    }
    costs.push({
      viewsPerCpuSecond: rate,
      forkSeconds: await prepared.forkSeconds?.(),
      snapshotSeconds: await prepared.snapshotSeconds?.(load),
      memory: await prepared.memory?.(load),
    })
  }
  return costs
}

/** Doubles the repetitions until one sample fills the time, which also warms up. */
const measureViews = async (
  { views }: Load,
  { look }: Prepared,
): Promise<{ readonly look: Look | undefined; readonly rate: number | undefined }> => {
  if (look === undefined) return { look: undefined, rate: undefined }
  let repetitions = 1
  let latest = await look(views, repetitions)
  while (latest.wallSeconds < sampleSeconds) latest = await look(views, (repetitions *= 2))
  const rates: number[] = []
  for (let sample = 0; sample < samples; sample++) {
    latest = await look(views, repetitions)
    rates.push((views.length * repetitions) / (latest.cpuSeconds ?? latest.wallSeconds))
  }
  return { look: latest, rate: median(rates) }
}

interface Outputs {
  readonly name: string
  readonly outputs: readonly string[]
}

const checkOutputs = (expected: Outputs, got: Outputs): void => {
  for (const [index, output] of expected.outputs.entries()) {
    if (got.outputs[index] === output) continue
    throw new ViewsDiffer(
      `View ${index} returns ${got.outputs[index]} in ${got.name} and ${output} in ${expected.name}.`,
    )
  }
}
