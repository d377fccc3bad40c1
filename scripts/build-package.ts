/**
 * Builds what an installed package runs (`dist`), because Node strips no types inside `node_modules`: JavaScript of the
 * rooms with their types, the EVM core, the contracts' sources, the packaged plain set, the scenarios and templates that ship, and the identity of the sources that
 * it was built from.
 */
import { cp, rm, writeFile } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { $ } from "zx"
import { packagedFolders, plainFolder } from "./plainPackages.ts"
import { IDENTITY_FILE, identityOfSources } from "../sim/experiment/programIdentity.ts"

const root = fileURLToPath(new URL("../", import.meta.url))
const dist = join(root, "dist")

await rm(dist, { recursive: true, force: true })
await $({ cwd: root, stdio: "inherit" })`tsc -p tsconfig.build.json`
await cp(join(root, "chain/contracts"), join(dist, "chain/contracts"), { recursive: true })
await cp(join(root, "chain/engine/wasm/evm.wasm"), join(dist, "chain/engine/wasm/evm.wasm"))
for (const folder of packagedFolders) {
  await cp(join(plainFolder, folder), join(dist, "chain/plain", folder), { recursive: true })
}
await cp(join(root, "scenarios"), join(dist, "scenarios"), { recursive: true })
await cp(join(root, "templates"), join(dist, "templates"), { recursive: true })
await writeFile(join(dist, IDENTITY_FILE), `${JSON.stringify(identityOfSources(root), null, 2)}\n`)
