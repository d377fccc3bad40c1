/** What a world of each contender costs besides transactions: memory, forks, snapshots, views. */
import type { Contender, Look, Memory, Prepared } from "./contender.ts"
import type { Load } from "./load.ts"

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

/** Views of a measurement. */
const viewSeconds = 0.3

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

/** After a short run that warms up and says how many repetitions fill the time. */
const measureViews = async (
  { views }: Load,
  { look }: Prepared,
): Promise<{ readonly look: Look | undefined; readonly rate: number | undefined }> => {
  if (look === undefined) return { look: undefined, rate: undefined }
  const { wallSeconds } = await look(views, 3)
  const repetitions = Math.max(3, Math.round((3 * viewSeconds) / wallSeconds))
  const measured = await look(views, repetitions)
  const seconds = measured.cpuSeconds ?? measured.wallSeconds
  return { look: measured, rate: (views.length * repetitions) / seconds }
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
