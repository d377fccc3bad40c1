/** What attackers of a federation hand in, by attack. */
import { alie } from "../../ml/poisoning/alie.ts"
import { garbage } from "../../ml/poisoning/garbage.ts"
import { gaussianNoise } from "../../ml/poisoning/gaussianNoise.ts"
import { scaled } from "../../ml/poisoning/scaled.ts"
import { signFlip } from "../../ml/poisoning/signFlip.ts"
import type { RandomStream } from "../../sim/kernel/randomStream.ts"

export type Attack =
  | { readonly kind: "none" }
  | { readonly kind: "signFlip"; readonly strength: number }
  | { readonly kind: "labelFlip" }
  | { readonly kind: "gaussian"; readonly relativeDeviation: number }
  | { readonly kind: "garbage"; readonly deviation: number }
  | { readonly kind: "scaled"; readonly factor: number }
  /** `z`: deviations away from the mean of all that the participants learnt. */
  | { readonly kind: "alie"; readonly z: number }

/** What a client learnt. */
export interface Learnt {
  readonly client: number
  readonly attacks: boolean
  readonly update: Float32Array
}

/** The updates as they are handed in. */
export const craft = (
  own: readonly Learnt[],
  attack: Attack,
  streamOf: (client: number) => RandomStream,
): readonly Learnt[] => {
  const bad = own.filter(({ attacks }) => attacks)
  if (bad.length === 0) return own
  const together =
    attack.kind === "alie"
      ? alie(
          own.map(({ update }) => update),
          attack.z,
        )
      : undefined
  return own.map((learnt) => {
    if (!learnt.attacks) return learnt
    const { update, client } = learnt
    switch (attack.kind) {
      case "signFlip":
        return { ...learnt, update: signFlip(update, attack.strength) }
      case "gaussian":
        return { ...learnt, update: gaussianNoise(update, { ...attack, stream: streamOf(client) }) }
      case "garbage":
        return { ...learnt, update: garbage({ ...attack, length: update.length, stream: streamOf(client) }) }
      case "scaled":
        return { ...learnt, update: scaled(update, attack.factor) }
      case "alie":
        return { ...learnt, update: together! }
      default:
        return learnt
    }
  })
}
