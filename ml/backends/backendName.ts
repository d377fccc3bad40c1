export const backendNames = ["wasm", "tfjs-node"] as const
/** What computes: tfjs on WebAssembly, or the native library that `@tensorflow/tfjs-node` binds. */
export type BackendName = (typeof backendNames)[number]
