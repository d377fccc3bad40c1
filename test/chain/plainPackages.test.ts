import { readFileSync } from "node:fs"
import { join } from "node:path"
import { expect, test } from "vitest"
import { filesHash, inputsHash, packagedFiles, plainFolder, stampFile } from "../../scripts/plainPackages.ts"

const stamp = JSON.parse(readFileSync(join(plainFolder, stampFile), "utf8")) as Record<string, string>

test("the packages of the plain set are those of its sources (else: npm run package:plain)", () => {
  expect(stamp["inputs"]).toBe(inputsHash())
})

test("nobody touched the packages by hand (else: npm run package:plain)", () => {
  expect(stamp["files"]).toBe(filesHash(packagedFiles()))
})

test("both layouts hold the same contracts", () => {
  const names = (layout: string) =>
    [...packagedFiles().keys()]
      .filter((file) => file.startsWith(layout))
      .map((file) => file.split("/").at(-1))
      .sort()
  expect(names("hardhat/")).toEqual(names("foundry/"))
  expect(names("hardhat/")).toContain("AutonetDAO.json")
})
