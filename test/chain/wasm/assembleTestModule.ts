import { execFile } from "node:child_process"
import { mkdtemp, readFile, rm } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { promisify } from "node:util"

/** What the tests need of WebAssembly; the compiler's library for Node lacks it. */
interface Instantiating {
  instantiate(
    binary: Uint8Array,
  ): Promise<{ instance: { exports: { readonly memory: { readonly buffer: ArrayBuffer } } } }>
}

const { WebAssembly } = globalThis as unknown as { readonly WebAssembly: Instantiating }

const repository = fileURLToPath(new URL("../../..", import.meta.url))
const compiler = "node_modules/assemblyscript/bin/asc.js"
const options = ["-O3", "--runtime", "stub", "--enable", "simd"]

export interface TestModule {
  readonly memory: { readonly buffer: ArrayBuffer }
  /** Address of free memory for operands and results. */
  readonly room: { readonly value: number }
}

/** Compiles an entry file of `test/chain/wasm/assembly` as the core is compiled, and instantiates it. */
export const assembleTestModule = async <Functions>(entry: string): Promise<TestModule & Functions> => {
  const folder = await mkdtemp(join(tmpdir(), "assembled-"))
  try {
    const target = join(folder, "module.wasm")
    const source = `test/chain/wasm/assembly/${entry}`
    await promisify(execFile)(process.execPath, [compiler, source, "--outFile", target, ...options], {
      cwd: repository,
    })
    const { instance } = await WebAssembly.instantiate(await readFile(target))
    return instance.exports as TestModule & Functions
  } finally {
    await rm(folder, { recursive: true })
  }
}
