import { readFileSync, readdirSync } from "node:fs"
import { join } from "node:path"
import { gunzipSync } from "node:zlib"
import { describe, expect, test } from "vitest"
import { createEthereumJsEngine } from "../../chain/engine/ethereumjs/createEthereumJsEngine.ts"
import { createWasmEngine } from "../../chain/engine/wasm/createWasmEngine.ts"
import { type StateTest, casesOf, runStateTestCase } from "./stateTest.ts"

type File = Readonly<Record<string, StateTest>>

const bundled = new URL("../fixtures/ethereum-tests/cancun.json.gz", import.meta.url)

/** The bundled subset, or every file below the folder that ETHEREUM_TESTS names. */
const readFiles = (): readonly (readonly [string, File])[] => {
  const folder = process.env["ETHEREUM_TESTS"]
  if (folder === undefined) {
    return Object.entries(
      JSON.parse(gunzipSync(readFileSync(bundled)).toString("utf8")) as Record<string, File>,
    )
  }
  const paths = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".json"),
  )
  return paths.sort().map((path) => [path, JSON.parse(readFileSync(join(folder, path), "utf8")) as File])
}

const byFolder = new Map<string, (readonly [string, File])[]>()
for (const [path, file] of readFiles()) {
  const folder = path.slice(0, path.lastIndexOf("/"))
  byFolder.set(folder, [...(byFolder.get(folder) ?? []), [path, file]])
}

const engines = [
  ["tuned EthereumJS", createEthereumJsEngine],
  ["the WebAssembly core", createWasmEngine],
] as const

describe.each(engines)("%s gives the official state root and logs hash", (_name, createEngine) => {
  test.each([...byFolder])("%s", { timeout: 300_000 }, async (_folder, files) => {
    const wrong: unknown[] = []
    let cases = 0
    for (const [path, file] of files) {
      for (const stateTestCase of casesOf(file)) {
        const { stateRoot, logsHash } = await runStateTestCase(createEngine, stateTestCase)
        const { hash, logs } = stateTestCase.expected
        if (stateRoot !== hash || logsHash !== logs)
          wrong.push({ path, name: stateTestCase.name, stateRoot, logsHash })
        cases++
      }
    }
    expect(wrong).toEqual([])
    expect(cases).toBeGreaterThan(0)
  })
})
