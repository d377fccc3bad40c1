import type { Dataset } from "../datasets/dataset.ts"
import { alie, alieDeviations } from "./alie.ts"
import type { TrainingData } from "../training/trainingData.ts"
import type { Attack } from "./attack.ts"
import type { AttackSpec } from "./attackSpec.ts"
import { backdoor } from "./backdoor.ts"
import { copiedUpdate, unchangedModel } from "./freeRider.ts"
import { garbage } from "./garbage.ts"
import { gaussianNoise } from "./gaussianNoise.ts"
import { labelFlip } from "./labelFlip.ts"
import { minMax } from "./minMax.ts"
import { overfit } from "./overfit.ts"
import { scaled } from "./scaled.ts"
import { signFlip } from "./signFlip.ts"

export interface AttackMeans {
  readonly dataset: Dataset
  /** Names the streams that draw which examples are poisoned. */
  readonly seed: string
  /** Evaluation examples that leaked; needed to overfit to them. */
  readonly leaked?: TrainingData
}

const honestData = (own: TrainingData): TrainingData => own

/** The attack as it is carried out. Throws a `RangeError` where the data set has no class that a specification names. */
export const createAttack = (spec: AttackSpec, means: AttackMeans): Attack => {
  const { dataset, seed } = means
  switch (spec.attack) {
    case "garbage":
      return {
        trainsOn: undefined,
        handIn: ({ length, stream }) => garbage({ length, deviation: spec.deviation, stream }),
      }
    case "signFlip":
      return { trainsOn: honestData, handIn: ({ trained }) => signFlip(trained, spec.strength) }
    case "scaled":
      return { trainsOn: honestData, handIn: ({ trained }) => scaled(trained, spec.factor) }
    case "gaussian":
      return {
        trainsOn: honestData,
        handIn: ({ trained, stream }) => gaussianNoise(trained, { ...spec, stream }),
      }
    case "alie":
      return {
        trainsOn: honestData,
        handIn: (known) => alie(known.ofAttackers, spec.z ?? alieDeviations(known)),
      }
    case "minMax":
      return { trainsOn: honestData, handIn: ({ ofAttackers }) => minMax(ofAttackers, spec.strength) }
    case "labelFlip": {
      const { shift, shareBps } = spec
      const flipped = labelFlip(dataset, { shift, shareBps, seed })
      return { trainsOn: (own) => ({ ...own, dataset: flipped }), handIn: ({ trained }) => trained }
    }
    case "backdoor":
      return {
        trainsOn: (own) => backdoor(own, { ...spec, seed }),
        handIn: ({ trained }) => scaled(trained, spec.boost),
      }
    case "freeRider":
      return {
        trainsOn: undefined,
        handIn: (known) =>
          spec.mode === "globalModel"
            ? unchangedModel(known.length)
            : copiedUpdate(known.length, { ...known, ...spec }),
      }
    case "overfit": {
      const { leaked } = means
      if (leaked === undefined) throw new RangeError("overfit: nothing has leaked that could be trained on")
      const data = overfit(leaked, spec.repeats)
      return { trainsOn: () => data, handIn: ({ trained }) => trained }
    }
  }
}
