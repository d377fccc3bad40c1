import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Effect } from "effect"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { loadScenario, loadScenarioText, type LoadOptions } from "../../sim/scenario/loadScenario.ts"
import { exampleRegistries as registries, minimalScenario } from "./exampleRegistries.ts"

const load = (text: string, options: Omit<LoadOptions, "registries"> = {}) =>
  Effect.runPromise(loadScenarioText("x.yaml", text, { registries, ...options }))

/** The problems of a text, a line each. */
const problemsOf = async (
  text: string,
  options: Omit<LoadOptions, "registries"> = {},
): Promise<readonly string[]> =>
  Effect.runPromise(
    Effect.match(loadScenarioText("x.yaml", text, { registries, ...options }), {
      onSuccess: () => [],
      onFailure: ({ problems }) => problems,
    }),
  )

describe("a scenario file", () => {
  test("that says the least gets every default of the documented world", async () => {
    const { base, comparisons, expectations } = await load(minimalScenario)
    expect(base).toMatchObject({ seed: 1, replicates: 5, rounds: 10, limitSeconds: 72 * 3600 })
    expect(base.money.supplyWei).toBe(10_000_000n * 10n ** 18n)
    expect(base.costs).toEqual({
      trainingWeiPerSample: 10n ** 15n,
      verificationWeiPerEvaluation: 10n ** 18n,
      storageWeiPerMibDay: 10n ** 14n,
      gasWeiPerGas: 10n ** 9n,
    })
    expect(base.population[1]).toMatchObject({ role: "coordinator", count: 1, stakeWei: undefined })
    expect([comparisons, expectations]).toEqual([[], []])
  })

  test("holds amounts exactly, to the last wei", async () => {
    const { base } = await load(`${minimalScenario}money: { supplyAtn: 12345678.000000000000000001 }\n`)
    expect(base.money.supplyWei).toBe(12_345_678_000_000_000_000_000_001n)
  })

  test("sets contract parameters as numbers or as amounts with their unit", async () => {
    const parameters = "{ ResultsRewards.voteCommitBlocks: 20, ForcedErrorRegistry.jackpot: 0.5 ATN }"
    const { base } = await load(`${minimalScenario}parameters: ${parameters}\n`)
    expect(base.parameters).toEqual({
      "ForcedErrorRegistry.jackpot": 5n * 10n ** 17n,
      "ResultsRewards.voteCommitBlocks": 20n,
    })
  })

  test("completes the options of a strategy by the strategy's own schema", async () => {
    const text = minimalScenario.replace("solver/honest", "solver/poisoner")
    expect((await load(text)).base.population[0]?.options).toEqual({ strength: 2 })
    const wrong = text.replace("count: 3", "count: 3\n    options: { strength: 11, strenght: 1 }")
    expect(await problemsOf(wrong)).toEqual([
      "x.yaml:7:26: population[0].options.strength: expected a number from 0 to 10, found 11",
      "x.yaml:7:30: population[0].options.strenght: unknown key (did you mean strength?)",
    ])
  })

  test("is told everything that is wrong with it at once, each with its place", async () => {
    const text = minimalScenario
      .replace("version: 1", "version: 2")
      .replace("solver/honest", "solver/honets")
      .concat(
        "    stakeAtn: -5\n    cuont: 2\nmoney: { supplyAtn: 1.0000000000000000001, treasuryShareBps: much }\n",
      )
    const problems = await problemsOf(text)
    expect(problems).toEqual([
      expect.stringContaining("x.yaml:1:10: version: expected 1"),
      expect.stringContaining(
        "x.yaml:5:15: population[0].strategy: expected a known strategy (did you mean solver/honest?)",
      ),
      "x.yaml:8:15: population[1].stakeAtn: expected an amount of ATN, zero or more, found -5",
      "x.yaml:9:5: population[1].cuont: unknown key (did you mean count?)",
      expect.stringContaining(
        "x.yaml:10:21: money.supplyAtn: expected an amount of ATN with at most 18 decimals",
      ),
      'x.yaml:10:62: money.treasuryShareBps: expected a number, found text "much"',
    ])
  })

  test.each([
    [
      "an unknown parameter",
      "parameters: { ResultsRewards.voteCommitBlock: 3 }",
      "did you mean ResultsRewards.voteCommitBlocks",
    ],
    [
      "a parameter out of its bounds",
      "parameters: { ResultsRewards.voteCommitBlocks: 0 }",
      "expected a value from 1 block to 10000 blocks, found 0",
    ],
    [
      "ATN where blocks are counted",
      "parameters: { ResultsRewards.voteCommitBlocks: 3 ATN }",
      'expected a whole number of blocks, such as 300 or "300 blocks", found text "3 ATN"',
    ],
    [
      "half a wei",
      "parameters: { ForcedErrorRegistry.jackpot: 0.5 wei }",
      'expected an amount with its unit, such as "50 ATN" or "1 wei", found text "0.5 wei"',
    ],
    [
      "an amount without its unit",
      "parameters: { ForcedErrorRegistry.jackpot: 500 }",
      'expected a unit: "500 ATN" or "500 wei", found 500',
    ],
    [
      "contracts that are not there",
      "contracts: ./artifcats",
      /expected builtin, or a folder of Hardhat or Foundry artifacts, found nothing at \/.*\/artifcats$/,
    ],
    ["contracts that are a number", "contracts: 5", "expected builtin, a folder of contract artifacts, or {"],
    [
      "an unknown rule off",
      "contracts: { rulesOff: [tie-slahses] }",
      "expected a rule that can be switched off (did you mean tie-slashes?); known: double-payout, tie-slashes",
    ],
    [
      "a rule off on foreign contracts",
      "contracts: { source: ., rulesOff: [tie-slashes] }",
      "expected source: builtin where rules are switched off",
    ],
    [
      "options of a strategy that has none",
      "    options: { zeal: 3 }",
      "population[1].options.zeal: unknown key; coordinator/honest takes no options",
    ],
    [
      "an unknown partition",
      "learning: { partition: { kind: dirichelet } }",
      "expected one of { kind: iid }",
    ],
    [
      "a partition without its number",
      "learning: { partition: { kind: dirichlet } }",
      "expected a key alpha, found none",
    ],
    ["a supply that can't be handed out", "money: { supplyAtn: 60000 }", "expected at least 114500 ATN"],
    [
      "a pool of jackpots beyond the treasury",
      "money: { jackpotPoolAtn: 2000000.5 }",
      "expected at most 2000000 ATN, the treasury's share, which fills it, found 2000000.5",
    ],
    [
      "an unparsable expectation",
      "expectations: [ profit(solver) > ]",
      "a number or a metric at column 17, found the end",
    ],
    ["an equation", "expectations: [ accuracy == 1 ]", "no finite number of runs shows equality"],
    [
      "an unknown strategy in a statement",
      "expectations: [ profit(solver/honset) > 1 ]",
      "did you mean solver/honest?",
    ],
    [
      "a metric of agents without agents",
      "expectations: [ profit > 1 ]",
      "expected a strategy, group or role, as in profit(",
    ],
    ["an unknown metric of agents", "expectations: [ proft(solver) > 1 ]", "did you mean profit?"],
  ])("with %s is refused", async (_, line, message) => {
    const problems = await problemsOf(`${minimalScenario}${line}\n`)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(/^x\.yaml:8:\d+: /)
    if (typeof message === "string") expect(problems[0]).toContain(message)
    else expect(problems[0]).toMatch(message)
  })
})

describe("stakes and capital", () => {
  const coordinator = (lines: string) => `${minimalScenario}${lines}\n`

  test("are at least what the role requires, by the parameter that the scenario sets", async () => {
    expect(await problemsOf(coordinator("    stakeAtn: 499.5"))).toEqual([
      "x.yaml:8:15: population[1].stakeAtn: expected at least 500 ATN, the least stake of the role, found 499.5",
    ])
    const lower = "parameters: { ParticipantStaking.coordinatorMinStake: 499.5 ATN }"
    expect(await problemsOf(coordinator(`    stakeAtn: 499.5\n${lower}`))).toEqual([])
  })

  test("cover each other", async () => {
    expect(await problemsOf(coordinator("    capitalAtn: 499"))).toEqual([
      "x.yaml:8:17: population[1].capitalAtn: expected at least 500 ATN, the agent's stake, found 499",
    ])
  })
})

describe("YAML", () => {
  test.each([
    ["an empty file", "", "found an empty file"],
    ["comments only", "# nothing\n", "found an empty file"],
    ["plain text", "hello", "expected a map, found text"],
    ["a key given twice", "a: 1\na: 2\n", "expected each key once"],
    ["a cyclic alias", "a: &a [*a]\n", "found *a inside itself"],
    ["an alias of nothing", "a: *b\n", "Unresolved alias|expected an anchor &b"],
    ["a tag", "x: !!js/function f\n", "expected plain YAML without tags"],
    ["two documents", "a: 1\n---\nb: 2\n", "found a second one"],
    ["nesting without end", "[".repeat(100_000), "at most 64 nested"],
    [
      "indentation without end",
      Array.from({ length: 500 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
      "at most 64 nested",
    ],
    ["dashes without end", `${"- ".repeat(5000)}x`, "at most 64 nested"],
    ["an infinite number", "seed: .inf\n", "expected a finite number"],
  ])("with %s is refused with its place", async (_, text, message) => {
    const [first, ...more] = await problemsOf(text)
    expect(first).toMatch(new RegExp(message.replaceAll(/[&*]/g, "\\$&")))
    expect(more.length).toBeLessThan(50)
  })

  test("that expands to gigabytes by aliases is refused at once", async () => {
    const lines = ["a0: &a0 [1,1,1,1,1,1,1,1,1,1]"]
    for (let i = 1; i < 12; i++)
      lines.push(
        `a${i}: &a${i} [${Array(10)
          .fill(`*a${i - 1}`)
          .join(",")}]`,
      )
    const started = performance.now()
    expect(await problemsOf(lines.join("\n"))).toEqual([
      expect.stringContaining("counting those that aliases repeat"),
    ])
    expect(performance.now() - started).toBeLessThan(5000)
  })

  test("may use aliases to say a thing once", async () => {
    const text = minimalScenario
      .replace("count: 3", "count: &n 3")
      .replace("- strategy: coordinator/honest", "- { strategy: coordinator/honest, count: *n }")
    expect((await load(text)).base.population.map(({ count }) => count)).toEqual([3, 3])
  })
})

describe("changes on the command line", () => {
  test("are made by path, index, strategy or group", async () => {
    const { base } = await load(minimalScenario, {
      set: [
        "population[0].count=7",
        "population[coordinator/honest].count=9",
        "learning.partition={kind: dirichlet, alpha: 0.3}",
        "parameters.ResultsRewards.voteCommitBlocks=20",
      ],
      seed: 40,
      replicates: 2,
    })
    expect(base.population.map(({ count }) => count)).toEqual([7, 9])
    expect(base.learning.partition).toEqual({ kind: "dirichlet", alpha: 0.3 })
    expect(base.parameters).toEqual({ "ResultsRewards.voteCommitBlocks": 20n })
    expect([base.seed, base.replicates]).toEqual([40, 2])
  })

  test.each([
    ["population[9].count=3", "expected an index of population from 0 to 1, found 9"],
    ["population[solver/honset].count=3", "did you mean solver/honest?"],
    ["rounds=ten", 'rounds: expected a number, found text "ten"'],
    ["ruonds=3", "ruonds: unknown key (did you mean rounds?)"],
    ["title.x=3", "expected title to be a map with x"],
    ["rounds", "expected path=value"],
    ["rounds=", "expected a value after rounds="],
    ["a..b=1", "expected a path such as population[0].count"],
    ["seed=[1", "expected valid YAML"],
  ])("that are wrong name their flag: --set %s", async (assignment, message) => {
    const problems = await problemsOf(minimalScenario, { set: [assignment] })
    expect(problems[0]).toContain(`--set ${assignment}`)
    expect(problems.join("\n")).toContain(message)
  })

  test("that are wrong in --seed name --seed", async () => {
    expect(await problemsOf(minimalScenario, { seed: -3 })).toEqual([
      expect.stringMatching(/^x\.yaml: --seed -3: seed: expected an integer from 0/),
    ])
  })
})

describe("a comparison", () => {
  const comparison = (set: string) =>
    `${minimalScenario}comparisons:\n  - { name: other, question: So what?, set: ${set}, measures: [accuracy] }\n`

  test("is the scenario with its changes", async () => {
    const plan = await load(comparison('{ "population[0].count": 5 }'))
    expect(plan.comparisons[0]?.scenario.population[0]?.count).toBe(5)
    expect({ ...plan.comparisons[0]?.scenario, population: [] }).toEqual({ ...plan.base, population: [] })
  })

  test.each([
    [
      '{ "population[1].strategy": coordinator/lzy }',
      "makes population[1].strategy wrong",
      "did you mean coordinator/lazy?",
    ],
    ["{ seed: 4 }", "expected a change of the world", "seed"],
    ['{ "population[7].count": 4 }', "from 0 to 1", "found 7"],
    ["{}", "expected at least one change", "empty map"],
  ])("with changes %s is refused", async (set, ...messages) => {
    const problems = await problemsOf(comparison(set))
    expect(problems).toHaveLength(1)
    for (const message of messages) expect(problems[0]).toContain(message)
    expect(problems[0]).toMatch(/^x\.yaml:9:\d+: comparisons\[0\]/)
  })
})

describe("a path that is no scenario", () => {
  let folder = ""
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "autonet-sim-"))
    writeFileSync(join(folder, "study.yaml"), minimalScenario)
    writeFileSync(join(folder, "noise.yaml"), Uint8Array.from([0x92, 0xfe, 0x41, 0xc3, 0x28]))
    writeFileSync(join(folder, "zeros.yaml"), new Uint8Array(64))
    writeFileSync(join(folder, "large.yaml"), "")
    truncateSync(join(folder, "large.yaml"), 10 * 2 ** 20)
    mkdirSync(join(folder, "sub"))
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  test.each([
    ["studdy.yaml", "found none of this name (did you mean study.yaml?)"],
    ["sub", "found a directory"],
    [".", "in it: large.yaml, noise.yaml, study.yaml"],
    ["large.yaml", "expected a scenario file of at most 1 MiB, found 10.0 MiB"],
    ["noise.yaml", "found bytes that are not UTF-8"],
    ["zeros.yaml", "found binary data"],
    ["study.yaml/x", "found none of this name"],
  ])("%s is refused with the reason", async (name, message) => {
    const failure = await Effect.runPromise(Effect.flip(loadScenario(join(folder, name), { registries })))
    expect(failure.message).toContain(message)
  })
})
