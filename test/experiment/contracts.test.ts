import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { experimentOf, temporaryFolder } from "./experimentOf.ts"

/** The result of the small scenario on sets of the fixture: the code of `/x/plain` is `plain`. */
const on = async (...set: readonly string[]) =>
  (await experimentOf("sound", { set: ["replicates=1", ...set] })).result!

const folderNamed = (name: string): string => {
  const folder = join(temporaryFolder(), name)
  mkdirSync(folder)
  return folder
}

const identities = ({ settings }: Awaited<ReturnType<typeof on>>) =>
  settings.map(({ runs }) => runs[0]?.identity)

describe("a run on a set of contracts", () => {
  test("is identified by what is in the set, not by the folder's place", async () => {
    const [here, there] = [
      await on(`contracts=${folderNamed("plain")}`),
      await on(`contracts=${folderNamed("plain")}`),
    ]
    expect(there.manifest.identity).toBe(here.manifest.identity)
    expect(identities(there)).toEqual(identities(here))
    const other = await on(`contracts=${folderNamed("other")}`)
    expect(identities(other)[0]).not.toBe(identities(here)[0])
    expect(other.manifest.identity).not.toBe(here.manifest.identity)
  })

  test("does not depend on the sets of other settings", async () => {
    const folder = folderNamed("plain")
    const alone = await on()
    const beside = await on(`comparisons[0].set.contracts=${folder}`)
    expect(identities(beside)[0]).toBe(identities(alone)[0])
    expect(identities(beside)[1]).not.toBe(identities(alone)[1])
    const { inputs, contractSets } = beside.manifest
    expect(contractSets.map(({ source }) => source)).toEqual(["builtin", folder])
    expect(inputs.settings.map(({ contracts }) => contracts)).toEqual(contractSets.map(({ id }) => id))
    expect(contractSets.map(({ id }) => inputs.contractSets[id]?.code)).toEqual([
      { Fixture: "builtin" },
      { Fixture: "plain" },
    ])
    expect(JSON.stringify(inputs)).not.toContain(folder)
  })

  test("names in the manifest what became of each parameter in each setting", async () => {
    const { manifest } = await on(
      `comparisons[0].set.contracts=${folderNamed("plain")}`,
      "parameters.ResultsRewards.voteCommitBlocks=20",
    )
    const of = (setting: string, parameter: string) =>
      manifest.settings
        .find(({ name }) => name === setting)
        ?.parameters.find(({ name }) => name === parameter)
    expect(of("base", "ResultsRewards.voteCommitBlocks")).toEqual({
      name: "ResultsRewards.voteCommitBlocks",
      value: "20",
      source: "scenario",
    })
    expect(of("all-honest", "ResultsRewards.voteCommitBlocks")).toMatchObject({
      value: "70",
      source: "bytecode",
    })
    expect(of("base", "ForcedErrorRegistry.jackpot")).toMatchObject({
      value: String(50n * 10n ** 18n),
      source: "default",
    })
    expect(manifest.parameters.map(({ name, unit }) => [name, unit])).toContainEqual([
      "ForcedErrorRegistry.jackpot",
      "wei",
    ])
  })
})
