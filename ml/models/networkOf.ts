import { cnnNetwork } from "./cnnNetwork.ts"
import { mlpNetwork } from "./mlpNetwork.ts"
import type { ModelSpec } from "./model.ts"
import { ModelSpecInvalid } from "./modelErrors.ts"
import type { Network } from "./network.ts"

/** The network that a specification describes. Throws `ModelSpecInvalid` for what is none. */
export const networkOf = (spec: ModelSpec): Network => {
  switch (spec.kind) {
    case "mlp":
      return mlpNetwork(spec)
    case "cnn":
      return cnnNetwork(spec)
    case "surrogate":
      throw new ModelSpecInvalid({
        problem: "a surrogate has no tensors; `ml/surrogate` trains and evaluates it",
      })
  }
}
