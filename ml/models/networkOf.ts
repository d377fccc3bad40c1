import { cnnNetwork } from "./cnnNetwork.ts"
import { mlpNetwork } from "./mlpNetwork.ts"
import type { ModelSpec } from "./model.ts"
import type { Network } from "./network.ts"

/** The network that a specification describes. */
export const networkOf = (spec: ModelSpec): Network => {
  switch (spec.kind) {
    case "mlp":
      return mlpNetwork(spec)
    case "cnn":
      return cnnNetwork(spec)
  }
}
