/** The part of WebAssembly's JavaScript interface that is used here; Node has it, its types leave it to the DOM's. */
declare namespace WebAssembly {
  interface Module {
    readonly brand: "WebAssembly.Module"
  }
  const Module: new (bytes: Uint8Array) => Module
  class Instance {
    constructor(module: Module, imports: Readonly<Record<string, Readonly<Record<string, unknown>>>>)
    readonly exports: Readonly<Record<string, unknown>>
  }
  /** Pages of 64 KiB. */
  class Memory {
    constructor(size: { readonly initial: number; readonly maximum: number })
    readonly buffer: ArrayBuffer
  }
  class Global {
    value: number | bigint
  }
  /** A trap. */
  class RuntimeError extends Error {}
}
