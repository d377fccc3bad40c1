import { Schema } from "effect"

/** What computed the numbers of a run: belongs to the run's identity. */
export type BackendReport =
  | {
      readonly backend: "wasm"
      /** Version of the tfjs WebAssembly backend. */
      readonly version: string
      /** Whether the binary with SIMD instructions runs. */
      readonly simd: boolean
      readonly threads: number
    }
  | {
      readonly backend: "tfjs-node"
      /** Version of the package. */
      readonly version: string
      /** Version of the native library, as it says; `unknown` where it does not. */
      readonly library: string
    }

/** A way to compute: how it is started in this thread, once. */
export interface NumericBackend {
  /** tfjs's own name of it. */
  readonly tfjsName: string
  /** Loads and registers it. Rejects with `BackendUnavailable`. */
  readonly start: () => Promise<BackendReport>
}

/** The backend did not start, or started in a form that a run can't use. */
export class BackendUnavailable extends Schema.TaggedError<BackendUnavailable>()("BackendUnavailable", {
  backend: Schema.String,
  reason: Schema.String,
}) {
  override get message(): string {
    return `the learning backend ${this.backend} is unavailable: ${this.reason}`
  }
}
