import type { FittedRange, Range } from "../../ml/surrogate/fitted.ts"
import type { Attack } from "./attacks.ts"
import type { Federation } from "./federation.ts"

/** The least range that holds the settings of the federations that were fitted. */
export const rangeOf = (federations: readonly Federation[]): FittedRange => {
  const over = (value: (federation: Federation) => number): Range => spanOf(federations.map(value))
  const alphas = federations.flatMap(({ partition }) =>
    partition.kind === "dirichlet" ? [partition.alpha] : [],
  )
  return {
    hidden: over(({ hidden }) => hidden[0]!),
    dirichletAlpha: spanOf(alphas),
    samples: over(({ samples }) => samples),
    epochs: over(({ hyper }) => hyper.epochs),
    batchSize: over(({ hyper }) => hyper.batchSize),
    learningRate: over(({ hyper }) => hyper.learningRate),
    momentum: over(({ hyper }) => hyper.momentum),
    effectiveLearningRate: over(({ hyper }) => hyper.learningRate / (1 - hyper.momentum)),
    // A shorter run is the beginning of a longer one.
    rounds: { ...over(({ rounds }) => rounds), min: 1 },
    updatesPerRound: over(({ perRound }) => perRound),
    attackers: over(({ attackers, clients }) => attackers / clients),
    rules: [...new Set(federations.map(({ rule }) => rule.kind))].sort(),
    attacks: attacksOf(federations),
  }
}

const spanOf = (values: readonly number[]): Range => ({ min: Math.min(...values), max: Math.max(...values) })

/** Ranges of strength by kind of attack. */
const attacksOf = (federations: readonly Federation[]): Readonly<Record<string, Range>> => {
  const strengths = new Map<string, number[]>()
  for (const { attack } of federations) {
    if (attack.kind === "none") continue
    strengths.set(attack.kind, [...(strengths.get(attack.kind) ?? []), strengthOf(attack)])
  }
  return Object.fromEntries(
    [...strengths].sort(([a], [b]) => (a < b ? -1 : 1)).map(([kind, all]) => [kind, spanOf(all)]),
  )
}

const strengthOf = (attack: Attack): number => {
  switch (attack.kind) {
    case "signFlip":
      return attack.strength
    case "gaussian":
      return attack.relativeDeviation
    case "garbage":
      return attack.deviation
    case "scaled":
      return attack.factor
    default:
      return 1
  }
}
