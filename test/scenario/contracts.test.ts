import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join, resolve } from "node:path"
import { Effect } from "effect"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { builtInContracts } from "../../chain/contractSet/contractSet.ts"
import { loadScenario, type LoadOptions } from "../../sim/scenario/loadScenario.ts"
import { exampleRegistries as registries, minimalScenario } from "./exampleRegistries.ts"

describe("the contracts of a scenario", () => {
  let folder = ""
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "autonet-sim-"))
    mkdirSync(join(folder, "plain"))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const plan = (lines: string, options: Omit<LoadOptions, "registries"> = {}) => {
    const file = join(folder, "study.yaml")
    writeFileSync(file, `${minimalScenario}${lines}\n`)
    return Effect.runPromise(loadScenario(file, { registries, ...options }))
  }
  const contracts = async (...args: Parameters<typeof plan>) => (await plan(...args)).base.contracts
  const problemsOf = (...args: Parameters<typeof plan>) =>
    plan(...args).then(
      () => "",
      ({ message }: Error) => message,
    )

  test("are the built-in ones where nothing is said", async () => {
    expect(await contracts("")).toEqual(builtInContracts)
    expect(await contracts("contracts: builtin")).toEqual(builtInContracts)
    expect(await contracts("contracts: {}")).toEqual(builtInContracts)
  })

  test("may have rules off, each once, in one order", async () => {
    const written = "contracts: { rulesOff: [tie-slashes, double-payout, tie-slashes] }"
    expect(await contracts(written)).toEqual({
      source: "builtin",
      rulesOff: ["double-payout", "tie-slashes"],
    })
  })

  test("lie beside the file where it names a relative folder", async () => {
    const expected = { source: join(folder, "plain"), rulesOff: [] }
    for (const written of ["./plain", "{ source: plain }", JSON.stringify(join(folder, "plain"))])
      expect(await contracts(`contracts: ${written}`)).toEqual(expected)
    expect((await plan("contracts: ./plain")).contractFolders).toEqual({ [expected.source]: "./plain" })
  })

  test("lie in the working directory where the command line names a relative folder", async () => {
    const expected = { source: resolve("chain"), rulesOff: [] }
    expect(await contracts("contracts: ./nowhere", { contracts: "./chain" })).toEqual(expected)
    expect(await contracts("", { set: ["contracts=chain"] })).toEqual(expected)
    expect(await contracts("contracts: builtin", { set: ["contracts.source=chain"] })).toEqual(expected)
    expect(await contracts("contracts: ./plain", { contracts: "builtin" })).toEqual(builtInContracts)
  })

  test("lose rules on the command line beside those of the file", async () => {
    expect(
      await contracts("contracts: { rulesOff: [tie-slashes] }", { rulesOff: ["double-payout"] }),
    ).toEqual({ source: "builtin", rulesOff: ["double-payout", "tie-slashes"] })
    expect(await contracts("", { rulesOff: ["tie-slashes"] })).toMatchObject({ rulesOff: ["tie-slashes"] })
    expect(await problemsOf("", { rulesOff: ["tie"] })).toMatch(/: --rule-off tie: .*known: double-payout/)
    expect(await problemsOf("", { contracts: "./nowhere" })).toMatch(/: --contracts \.\/nowhere: contracts: /)
  })

  test("cannot be those of a folder without a rule, and the flags that ask for that are named", async () => {
    const wrong = "contracts: expected source: builtin where rules are switched off"
    const ofFolder = await problemsOf("contracts: ./plain", { rulesOff: ["tie-slashes"] })
    expect(ofFolder).toMatch(new RegExp(`:\\d+:\\d+: --rule-off tie-slashes: ${wrong}`))
    const both = { contracts: "./chain", rulesOff: ["tie-slashes", "double-payout"] }
    for (const file of ["", "contracts: builtin", "contracts: ./nowhere"])
      expect(await problemsOf(file, both)).toMatch(
        new RegExp(`yaml: --contracts ./chain --rule-off tie-slashes --rule-off double-payout: ${wrong}`),
      )
    const set = { set: ["contracts.source=./plain", "contracts=./chain"], rulesOff: ["tie-slashes"] }
    expect(await problemsOf("", set)).toContain(`: --set contracts=./chain --rule-off tie-slashes: ${wrong}`)
  })

  test("may differ between settings, beside the file in both", async () => {
    const comparison = (set: string) =>
      `comparisons:\n  - { name: other, question: So what?, set: ${set}, measures: [accuracy] }`
    const { base, comparisons } = await plan(comparison("{ contracts: ./plain }"))
    expect(base.contracts).toEqual(builtInContracts)
    expect(comparisons[0]?.scenario.contracts.source).toBe(join(folder, "plain"))
    expect(comparisons[0]?.set).toEqual({ contracts: "./plain" })
    const off = await plan(comparison('{ "contracts.rulesOff": [tie-slashes] }'))
    expect(off.comparisons[0]?.scenario.contracts.rulesOff).toEqual(["tie-slashes"])
  })
})
