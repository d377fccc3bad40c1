/**
 * Compiles the EVM core (`chain/engine/wasm/assembly`) to `chain/engine/wasm/evm.wasm`, which is committed; a test
 * builds it again and compares. `npm run build:evm`.
 */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import binaryen from "binaryen"
import { $ } from "zx"

const root = fileURLToPath(new URL("../", import.meta.url))
export const artefact = join(root, "chain/engine/wasm/evm.wasm")

/** Bytes of the module. Rejects with what the compiler has to say. */
export const buildEvm = async (): Promise<Uint8Array> => {
  const directory = await mkdtemp(join(tmpdir(), "autonet-sim-evm-"))
  const outFile = join(directory, "evm.wasm")
  const options = ["-O3", "--runtime", "stub", "--importMemory", "--zeroFilledMemory", "--enable", "simd"]
  try {
    await $({
      cwd: root,
      preferLocal: true,
      quiet: true,
    })`asc chain/engine/wasm/assembly/index.ts ${options} --outFile ${outFile}`
    return exportState(await readFile(outFile))
  } finally {
    await rm(directory, { recursive: true })
  }
}

/** A fork copies the memory and every variable: so all of them are exported, under their own names. */
const exportState = (wasm: Uint8Array): Uint8Array => {
  const module = binaryen.readBinary(wasm)
  const { SIMD128, BulkMemory, MutableGlobals } = binaryen.Features
  module.setFeatures(SIMD128 | BulkMemory | MutableGlobals)
  for (let index = 0; index < module.getNumGlobals(); index++) {
    const { name, mutable } = binaryen.getGlobalInfo(module.getGlobalByIndex(index))
    if (mutable) module.addGlobalExport(name, `state:${name}`)
  }
  const bytes = module.emitBinary()
  module.dispose()
  return bytes
}

if (import.meta.main) await writeFile(artefact, await buildEvm())
