/**
 * The Rust crate `reed-solomon-erasure`, as the WebAssembly binary of an npm package, bound here.
 *
 * The package's own binding is not used: it frees the flags that it hands to `reconstruct`, which owns and frees them
 * itself, and after this second free the next calls give wrong bytes without saying so.
 */
import { readFileSync } from "node:fs"
import { createRequire } from "node:module"
import { ReedSolomonErasure } from "@digitaldefiance/reed-solomon-erasure.wasm"
import type { Coding } from "./coding.ts"

interface Exports {
  readonly memory: WebAssembly.Memory
  readonly __wbindgen_malloc: (bytes: number) => number
  readonly __wbindgen_free: (pointer: number, bytes: number) => void
  readonly encode: (shards: number, bytes: number, data: number, parity: number) => number
  /** Takes the flags over, one byte a shard. */
  readonly reconstruct: (
    shards: number,
    bytes: number,
    data: number,
    parity: number,
    flags: number,
    flagBytes: number,
  ) => number
}

/** Fills in the parity shards of all shards, one after the other. */
export const computeParity = (shards: Uint8Array, { data, parity }: Coding): void => {
  const wasm = library()
  const at = place(wasm, shards)
  take(wasm, shards, at, wasm.encode(at, shards.length, data, parity))
}

/** Fills in the data shards that are not available. At least as many as there are data shards must be. */
export const computeData = (
  shards: Uint8Array,
  { data, parity }: Coding,
  available: readonly boolean[],
): void => {
  const wasm = library()
  const at = place(wasm, shards)
  const flags = place(wasm, Uint8Array.from(available, Number))
  take(wasm, shards, at, wasm.reconstruct(at, shards.length, data, parity, flags, available.length))
}

/** Copies bytes into memory of the library's. */
const place = (wasm: Exports, bytes: Uint8Array): number => {
  const pointer = wasm.__wbindgen_malloc(bytes.length)
  new Uint8Array(wasm.memory.buffer).set(bytes, pointer)
  return pointer
}

/** Copies the result back and frees its memory. What gets here was checked: a refusal is a mistake of ours. */
const take = (wasm: Exports, into: Uint8Array, pointer: number, code: number): void => {
  into.set(new Uint8Array(wasm.memory.buffer, pointer, into.length))
  wasm.__wbindgen_free(pointer, into.length)
  if (code !== ReedSolomonErasure.RESULT_OK) throw new Error(ReedSolomonErasure.getResultMessage(code))
}

let loaded: Exports | undefined

/** One instance a thread. */
const library = (): Exports => {
  if (loaded !== undefined) return loaded
  const file = createRequire(import.meta.url).resolve("@digitaldefiance/reed-solomon-erasure.wasm/wasm")
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(readFileSync(file)), {})
  loaded = exports as unknown as Exports
  return loaded
}
