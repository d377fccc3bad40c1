/**
 * TensorFlow's native library through `@tensorflow/tfjs-node`, for those who have it installed beside the program.
 *
 * It is no dependency and is imported only when it is asked for: its binary can no longer be downloaded. Its results
 * are not those of WebAssembly to the last bit, and nobody promises that two machines agree.
 */
import * as tf from "@tensorflow/tfjs-core"
import { BackendUnavailable, type BackendReport, type NumericBackend } from "./numericBackend.ts"
import { supplyRemovedUtilFunctions } from "./removedUtilFunctions.ts"

const PACKAGE = "@tensorflow/tfjs-node"
/** The name under which the package registers its backend. */
const TFJS_NAME = "tensorflow"

/** What the package exports, as far as it is looked at. */
interface TfjsNode {
  readonly version?: Readonly<Record<string, string | undefined>>
}

const start = async (): Promise<BackendReport> => {
  supplyRemovedUtilFunctions()
  const module = await load()
  if (tf.findBackendFactory(TFJS_NAME) === null || !(await tf.setBackend(TFJS_NAME))) {
    throw unavailable(`${PACKAGE} was loaded, but tfjs could not initialise its backend`)
  }
  const { binding } = tf.backend() as { readonly binding?: { readonly TF_Version?: string } }
  return {
    backend: "tfjs-node",
    version: module.version?.["tfjs-node"] ?? "unknown",
    library: binding?.TF_Version ?? "unknown",
  }
}

export const tfjsNode: NumericBackend = { tfjsName: TFJS_NAME, start }

const load = async (): Promise<TfjsNode> => {
  try {
    const module = (await import(PACKAGE)) as TfjsNode & { readonly default?: TfjsNode }
    return module.version === undefined ? (module.default ?? module) : module
  } catch (error) {
    throw unavailable(reasonOf(error))
  }
}

/** The package is missing, its binary is missing, or it threw: each says what would be right. */
const reasonOf = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error)
  const [firstLine = ""] = message.split("\n")
  const code = error instanceof Error && "code" in error ? error.code : undefined
  if (code === "ERR_MODULE_NOT_FOUND" && message.includes(`'${PACKAGE}'`)) {
    return `the package ${PACKAGE} is not installed beside this program; without it, use wasm`
  }
  if (/tfjs_binding|native addon|\.node\b/.test(message)) {
    return `${PACKAGE} is installed, but its binary can't be loaded (${firstLine}); without it, use wasm`
  }
  return `${PACKAGE} could not be loaded: ${firstLine}`
}

const unavailable = (reason: string): BackendUnavailable =>
  new BackendUnavailable({ backend: "tfjs-node", reason })
