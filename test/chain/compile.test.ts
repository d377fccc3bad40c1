import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { CompilationFailed } from "../../chain/compile/errors.ts"
import { compileContracts } from "../../chain/compile/compileContracts.ts"
import { compileUnits } from "../../chain/compile/compileUnits.ts"
import { closeOverImports, importsOf, readOwnSources } from "../../chain/compile/sources.ts"

const counter = (step: number) => `// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;
import {Base} from "./deep/Base.sol";
contract Counter is Base { uint256 public count; function next() external { count += ${step}; } }
`
const base = `// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;
import "@openzeppelin/contracts/utils/Context.sol";
abstract contract Base is Context {}
`

let directory = ""
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "autonet-sim-compile-"))
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const compile = (step = 1, cacheDirectory: string | undefined = join(directory, "cache")) => {
  const overrides = { "Counter.sol": counter(step), "deep/Base.sol": base }
  const contractsDirectory = join(directory, ".")
  return compileContracts({ cacheDirectory, contractsDirectory, overrides })
}

describe("the cache", () => {
  test("gives the same suite as the compiler, byte for byte", async () => {
    const compiled = await compile()
    expect(JSON.stringify(await compile())).toBe(JSON.stringify(compiled))
    expect(JSON.stringify(await compile(1, undefined))).toBe(JSON.stringify(compiled))
    expect(readdirSync(join(directory, "cache")).length).toBe(2)
  })

  test("is keyed by content: a changed source is another entry with other bytecode", async () => {
    const one = await compile(1)
    const two = await compile(2)
    expect(two.contentHash).not.toBe(one.contentHash)
    expect(two.contracts["Counter"]?.codeHash).not.toBe(one.contracts["Counter"]?.codeHash)
    // Base is as it was and is not compiled again.
    expect(readdirSync(join(directory, "cache")).length).toBe(3)
  })

  test("does not believe a damaged file, nor one under another's name", async () => {
    const compiled = await compile()
    const files = readdirSync(join(directory, "cache")).map((name) => join(directory, "cache", name))
    const [file, other] = files as [string, string]
    const [mine, others] = [readFileSync(file, "utf8"), readFileSync(other, "utf8")]
    writeFileSync(file, others)
    expect(await compile()).toEqual(compiled)
    expect(readFileSync(file, "utf8")).toBe(mine)
    const intact = readFileSync(file, "utf8")
    writeFileSync(file, intact.replace("0.8.37", "0.8.38"))
    expect(await compile()).toEqual(compiled)
    expect(readFileSync(file, "utf8")).toBe(intact)
  })

  test("that cannot be written is no error", async () => {
    const blocked = join(directory, "file")
    writeFileSync(blocked, "")
    expect((await compile(1, join(blocked, "cache"))).contracts["Counter"]).toBeDefined()
  })
})

describe("compilation", () => {
  test("says what is wrong, in which file and line", async () => {
    const overrides = { "Broken.sol": "pragma solidity 0.8.37;\ncontract Broken { uint x = true; }\n" }
    const failure = compileContracts({ contractsDirectory: directory, overrides })
    await expect(failure).rejects.toThrow(CompilationFailed)
    await expect(failure).rejects.toThrow(/contracts\/Broken\.sol:2:/)
  })

  test("names an import that is nowhere", async () => {
    const overrides = { "A.sol": 'import "./B.sol";' }
    await expect(compileContracts({ contractsDirectory: directory, overrides })).rejects.toThrow(
      /contracts\/A\.sol: imports "contracts\/B\.sol", which is neither/,
    )
  })

  test("refuses two contracts of one name", async () => {
    const source = "pragma solidity 0.8.37;\ncontract Same {}\n"
    const overrides = { "A.sol": source, "B.sol": source }
    await expect(compileContracts({ contractsDirectory: directory, overrides })).rejects.toThrow(
      /Two contracts are named Same, in contracts\/A\.sol and contracts\/B\.sol/,
    )
  })

  test("gives the contracts of some files alone, as among all", async () => {
    const overrides = { "Counter.sol": counter(1), "deep/Base.sol": base }
    const all = await compileContracts({ contractsDirectory: directory, overrides })
    const some = await compileContracts({ contractsDirectory: directory, overrides, only: ["Counter.sol"] })
    expect(Object.keys(all.contracts)).toEqual(["Base", "Counter"])
    expect(some.contracts).toEqual({ Counter: all.contracts["Counter"] })
  })

  test("on two threads gives what one thread gives, failures included", async () => {
    const own = readOwnSources(join(import.meta.dirname, "../fixtures/contracts"))
    own.set("contracts/Counter.sol", counter(1)).set("contracts/deep/Base.sol", base)
    const units = closeOverImports(own)
    const alone = await compileUnits(units, { threads: 1 })
    const names = [...alone.values()].flatMap(({ contracts }) => contracts.map(({ name }) => name))
    expect(names.sort()).toEqual(["Base", "Counter", "Leaf", "Workbench"])
    expect(await compileUnits(units, { threads: 2 })).toEqual(alone)
    const broken = new Map(units).set("contracts/Counter.sol", "contract Counter {}")
    await expect(
      compileUnits(broken.set("contracts/deep/Base.sol", "contract"), { threads: 2 }),
    ).rejects.toThrow(CompilationFailed)
  })

  test("leaves no handler of the compiler's on the process", async () => {
    const before = process.listenerCount("uncaughtException")
    await compile(3, undefined)
    expect(process.listenerCount("uncaughtException")).toBe(before)
  })
})

test("imports are found as Solidity finds them, not in comments or strings", () => {
  const source = `
    import "a.sol"; import * as B from 'b.sol'; import {C, D as E} from "./c.sol";
    // import "no1.sol";
    /* import "no2.sol"; */
    string constant s = 'import "no3.sol";';
    import {
      F
    } from "../f.sol";`
  expect(importsOf(source)).toEqual(["a.sol", "b.sol", "./c.sol", "../f.sol"])
})

test("imports are followed through packages", () => {
  const closed = closeOverImports(new Map([["contracts/deep/Base.sol", base]]))
  expect([...closed.keys()]).toEqual(["@openzeppelin/contracts/utils/Context.sol", "contracts/deep/Base.sol"])
})
