/** Federations in words. */
import type { FitError } from "../../ml/surrogate/fitError.ts"
import type { Attack } from "./attacks.ts"
import type { Federation } from "./federation.ts"

/** What was new to the fit. */
export const partNames: Readonly<Record<FitError["part"], string>> = {
  fit: "nothing: fitted",
  again: "seeds only",
  model: "model: 64 wide",
  partition: "partition: Dirichlet 0.3",
  attack: "attack: ALIE",
  all: "all three",
}

export const partitionName = ({ partition }: Federation): string =>
  partition.kind === "dirichlet" ? `Dirichlet ${partition.alpha}` : partition.kind

export const attackName = ({ attack, attackers, clients }: Federation): string =>
  attack.kind === "none" ? "no attack" : `${attackWithStrength(attack)}, ${attackers} of ${clients}`

const attackWithStrength = (attack: Attack): string => {
  switch (attack.kind) {
    case "signFlip":
      return `sign flip × ${attack.strength}`
    case "gaussian":
      return `Gaussian × ${attack.relativeDeviation}`
    case "garbage":
      return `garbage ${attack.deviation}`
    case "scaled":
      return `scaled × ${attack.factor}`
    case "labelFlip":
      return "label flip"
    case "alie":
      return `ALIE, z = ${attack.z}`
    case "none":
      return "no attack"
  }
}

const ruleNames: Readonly<Record<Federation["rule"]["kind"], string>> = {
  fedAvg: "FedAvg",
  median: "median",
  trimmedMean: "trimmed mean",
  krum: "Krum",
  multiKrum: "Multi-Krum",
}

export const ruleName = ({ rule }: Federation): string => ruleNames[rule.kind]

/** Points of accuracy: `2.4`. */
export const points = (share: number): string => (100 * share).toFixed(1).replace("-", "−")
