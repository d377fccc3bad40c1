/** `learning.backend`: what computes. */
import { Schema } from "effect"
import { backendNames } from "../../ml/backends/backendName.ts"
import { about } from "./fields.ts"

export const BackendField = Schema.Literals(backendNames).annotate({
  ...about({
    title: "Backend",
    description:
      "What computes. wasm: tfjs on WebAssembly, with the same bits everywhere. tfjs-node: TensorFlow's native library, where @tensorflow/tfjs-node is installed.",
  }),
  expected: `one of ${backendNames.join(", ")}`,
  default: "wasm",
})
