/** Plays every combination on every seed; the same seed means the same shards, start and attackers everywhere. */
import type { Dataset } from "../../ml/datasets/dataset.ts"
import { inputSize } from "../../ml/datasets/dataset.ts"
import { federate } from "../../ml/federation/federate.ts"
import { mlp } from "../../ml/models/mlp.ts"
import { attacksFor, partitions, rulesFor, type Settings } from "./settings.ts"

/** One federation. */
export interface Run {
  readonly partition: string
  readonly attack: string
  readonly rule: string
  readonly seed: number
  /** Held-out examples that are answered right, by round, the beginning first. */
  readonly correct: readonly number[]
}

export interface Evidence {
  readonly settings: Settings
  readonly dataset: string
  readonly heldOutExamples: number
  readonly cpuSeconds: number
  readonly runs: readonly Run[]
}

export const combinationsOf = (settings: Settings) =>
  settings.seeds.flatMap((seed) =>
    partitions.flatMap((partition) =>
      attacksFor(settings).flatMap((attack) =>
        rulesFor(settings).map((rule) => ({ partition, attack, rule, seed })),
      ),
    ),
  )

type Combination = ReturnType<typeof combinationsOf>[number]

export const play = (settings: Settings, dataset: Dataset, combination: Combination): Run => {
  const { partition, attack, rule, seed } = combination
  const { clients, attackers, rounds, training, samplesPerClient, hidden } = settings
  const federation = federate({
    dataset,
    model: mlp({ inputs: inputSize(dataset), hidden, classes: dataset.classes }),
    rounds,
    clients,
    partition: partition.value,
    samplesPerClient,
    training,
    aggregation: { rule: rule.value },
    ...(attack.value === undefined
      ? {}
      : { attackers: { share: attackers / clients, attack: attack.value } }),
    seed: String(seed),
  })
  const correct = Array.from(federation, ({ accuracy }) => Math.round(accuracy * dataset.test.size))
  return { partition: partition.name, attack: attack.name, rule: rule.name, seed, correct }
}

export const gatherEvidence = (
  settings: Settings,
  dataset: Dataset,
  onRun: (run: Run) => void = () => {},
): Evidence => {
  const start = process.cpuUsage()
  const runs = combinationsOf(settings).map((combination) => {
    const run = play(settings, dataset, combination)
    onRun(run)
    return run
  })
  const { user, system } = process.cpuUsage(start)
  return {
    settings,
    dataset: dataset.name,
    heldOutExamples: dataset.test.size,
    cpuSeconds: Math.round((user + system) / 1_000_000),
    runs,
  }
}
