/** The engines that a run can be played on. Loaded on demand, so that a list of names costs nothing. */
import type { Engine } from "./engine.ts"

export type CreateEngine = () => Promise<Engine>

const engines = {
  wasm: async () => (await import("./wasm/createWasmEngine.ts")).createWasmEngine(),
  ethereumjs: async () => (await import("./ethereumjs/createEthereumJsEngine.ts")).createEthereumJsEngine(),
} as const satisfies Readonly<Record<string, CreateEngine>>

export type EngineName = keyof typeof engines

export const engineNames = Object.keys(engines) as readonly EngineName[]

/** What is used where nobody chose. */
export const defaultEngine: EngineName = "wasm"

/** The engine that the others must agree with, to the last unit of gas. */
export const judgeEngine: EngineName = "ethereumjs"

/** An engine was asked for that is not there. */
export class UnknownEngine extends Error {
  readonly _tag = "UnknownEngine"
  constructor(name: string) {
    super(`no EVM engine is called ${JSON.stringify(name)}: expected ${engineNames.join(" or ")}`)
  }
}

/** What makes new engines with an empty state; the same function for the same name. Throws `UnknownEngine`. */
export const engineFactory = (name: string): CreateEngine => {
  const known = engineNames.find((each) => each === name)
  if (known === undefined) throw new UnknownEngine(name)
  return engines[known]
}

/** A new engine with an empty state. Rejects with `UnknownEngine`. */
export const createEngine = async (name: string): Promise<Engine> => engineFactory(name)()
