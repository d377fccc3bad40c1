/**
 * The contracts and the engine that the tests of contracts run on. The mutation analysis puts its own build of
 * the contracts here, and an engine that can switch mutants on; nothing else assigns to it.
 */
import type { CompiledSuite } from "../../chain/compile/artifact.ts"
import type { Engine } from "../../chain/engine/engine.ts"
import { createWasmEngine } from "../../chain/engine/wasm/createWasmEngine.ts"
import { compiledContracts } from "../compiledContracts.ts"

export interface UnderTest {
  /** `overrides`: source texts by path below `chain/contracts`. */
  compile: (overrides: Readonly<Record<string, string>>) => Promise<CompiledSuite>
  createEngine: () => Promise<Engine>
}

export const underTest: UnderTest = {
  compile: compiledContracts,
  createEngine: createWasmEngine,
}
