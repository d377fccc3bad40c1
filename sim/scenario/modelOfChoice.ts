import { imageShapeOf } from "../../ml/datasets/imageShape.ts"
import { cnn } from "../../ml/models/cnn.ts"
import { mlp } from "../../ml/models/mlp.ts"
import type { ModelSpec } from "../../ml/models/model.ts"
import { ModelSpecInvalid } from "../../ml/models/modelErrors.ts"
import type { ModelChoice } from "./scenario.ts"

/** What a model must know of the data that it learns from. */
interface DataShape {
  readonly inputShape: readonly number[]
  readonly classes: number
}

/** The model that a scenario chooses, for data of this shape. Throws `ModelSpecInvalid`. */
export const modelOfChoice = (choice: ModelChoice, { inputShape, classes }: DataShape): ModelSpec => {
  switch (choice.kind) {
    case "mlp":
      return mlp({ inputs: inputShape.reduce((a, b) => a * b, 1), hidden: choice.hidden, classes })
    case "cnn": {
      const image = imageShapeOf(inputShape)
      if (image === undefined) {
        const examples = `examples of ${inputShape.join(" × ")} numbers`
        throw new ModelSpecInvalid({ problem: `a convolutional network takes images, not ${examples}` })
      }
      return cnn({ ...choice, inputShape: image, classes })
    }
  }
}

/** Why there is no such model, if there is none. */
export const modelProblem = (choice: ModelChoice, shape: DataShape): string | undefined => {
  try {
    modelOfChoice(choice, shape)
    return undefined
  } catch (error) {
    if (error instanceof ModelSpecInvalid) return error.problem
    throw error
  }
}
