import { readFile } from "node:fs/promises"
import { expect, test } from "vitest"
import { artefact, buildEvm } from "../../../scripts/build-evm.ts"

test("the committed core is what its sources compile to, byte for byte", async () => {
  const built = await buildEvm()
  expect(Buffer.compare(await readFile(artefact), built)).toBe(0)
})
