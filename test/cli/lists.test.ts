import { describe, expect, test } from "vitest"
import { listScenarios } from "../../sim/cli/listScenarios.ts"
import { listMetrics } from "../../sim/cli/listMetrics.ts"
import { RUN_METRICS, SUBJECT_METRICS } from "../../sim/results/metrics.ts"
import { runMetricNames } from "../../sim/world/runMetrics.ts"
import { listParameters } from "../../sim/cli/listParameters.ts"
import { listStrategies } from "../../sim/cli/listStrategies.ts"
import { strategies } from "../../sim/agents/registry.ts"
import { listRules } from "../../sim/cli/listRules.ts"
import { parseCommandLine } from "../../sim/cli/commandLine.ts"
import { styleFor, widthOf } from "../../sim/cli/terminal.ts"
import { contractParameters, parameterName } from "../../sim/mechanisms/parameters.ts"
import { exampleRegistries } from "../scenario/exampleRegistries.ts"
import { autonetSim, studyFolder } from "./autonetSim.ts"

const style = styleFor({}, {})
const piped = { pattern: undefined, json: false, columns: undefined, style }
const list = (changes: Partial<typeof piped | { pattern: string; columns: number; json: boolean }> = {}) =>
  listParameters(exampleRegistries.parameters, { ...piped, ...changes })

describe("the list of what ships", () => {
  test("has scenarios and trials by name, with their titles", () => {
    const lines = listScenarios(piped).trimEnd().split("\n")
    const names = lines.map((line) => line.split(/ {2,}/))
    expect(names).toContainEqual(["first-run", "scenario", expect.stringMatching(/^Does checking pay\?/)])
    expect(names).toContainEqual(["pool-drain", "trial", expect.stringMatching(/^An outsider founds/)])
    expect(names.every(([, , title]) => title !== undefined)).toBe(true)
    expect(listScenarios({ ...piped, pattern: "worthless project" })).toMatch(/^pool-drain +trial/)
    const wide = listScenarios({ ...piped, columns: 60 }).split("\n")
    expect(Math.max(...wide.map(widthOf))).toBeLessThanOrEqual(60)
  })
})

describe("the list of parameters", () => {
  test("has one aligned line each in a pipe: default, range, the call, the meaning", () => {
    expect(list().split("\n")).toEqual([
      'ParticipantStaking.coordinatorMinStake  500 ATN             0 to 100,000,000 ATN  ParticipantStaking.setParameter("coordinatorMinStake", value)  The least stake of a coordinator.',
      'ResultsRewards.voteCommitBlocks         50 blocks = 10 min  1 to 10,000 blocks    ResultsRewards.setParameter("voteCommitBlocks", value)         Length of the commit phase of a vote.',
      'ForcedErrorRegistry.jackpot             50 ATN              0 to 1,000,000 ATN    ForcedErrorRegistry.setParameter("jackpot", value)             What catching a trap wins.',
      "",
    ])
  })

  test("fits a terminal of any width", () => {
    const wide = list({ columns: 100 }).split("\n")
    expect(wide.slice(0, 2)).toEqual([
      "parameter                               default             range",
      "ParticipantStaking.coordinatorMinStake  500 ATN             0 to 100,000,000 ATN",
    ])
    expect(list({ columns: 60 }).split("\n").slice(0, 2)).toEqual([
      "ParticipantStaking.coordinatorMinStake",
      "    default 500 ATN; 0 to 100,000,000 ATN",
    ])
    const all = listParameters(contractParameters, { ...piped, columns: 80 }).split("\n")
    expect(Math.max(...all.map(widthOf))).toBeLessThanOrEqual(80)
  })

  test("knows every parameter of the registry, exactly, as JSON", () => {
    const data = JSON.parse(listParameters(contractParameters, { ...piped, json: true })) as {
      name: string
      default: string
    }[]
    expect(data.map((entry) => [entry.name, entry.default])).toEqual(
      contractParameters.map((entry) => [parameterName(entry), String(entry.default)]),
    )
  })

  test("is narrowed by a part of a name, by a form of it, or by a meaning", () => {
    const names = (pattern: string) => list({ pattern }).match(/^\S+/gm)
    expect(names("VOTECOMMIT")).toEqual(["ResultsRewards.voteCommitBlocks"])
    expect(names("F*jack")).toEqual(["ForcedErrorRegistry.jackpot"])
    expect(names("wins.")).toEqual(["ForcedErrorRegistry.jackpot"])
    expect(() => list({ pattern: "voteComit" })).toThrow(
      'expected a part of the name of a parameter, found "voteComit" (did you mean voteCommit?)',
    )
    expect(() => list({ pattern: "(" })).toThrow("without a pattern all are listed")
  })
})

describe("the list of rules", () => {
  test("says what the contracts do and whose rule it is", () => {
    const rules = exampleRegistries.rules!
    expect(listRules(rules, { ...piped, pattern: "tie" })).toBe(
      "tie-slashes  ResultsRewards  A tie slashes nobody.\n",
    )
    expect(listRules(rules, { ...piped, columns: 40 })).toContain(
      "double-payout  Project\n    A reward is paid once.\n",
    )
    expect(JSON.parse(listRules(rules, { ...piped, json: true }))).toHaveLength(2)
    expect(() => listRules(rules, { ...piped, pattern: "duble" })).toThrow("did you mean double?")
  })
})

describe("the list of strategies", () => {
  const agents = (changes: object = {}) => listStrategies(strategies, { ...piped, ...changes })

  test("has one line each in a pipe, role by role: what it does, its options", () => {
    const names = agents().match(/^\S+/gm)
    expect(names?.toSorted()).toEqual([...strategies.keys()].toSorted())
    expect(names?.[0]).toMatch(/^proposer\//)
    expect(agents({ pattern: "coordinator/lazy" })).toMatch(
      /^coordinator\/lazy {2}Approves every submission .* score=90/,
    )
  })

  test("fits a terminal, with default, values and meaning of every option", () => {
    const lines = agents({ columns: 80 }).split("\n")
    expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(80)
    expect(agents({ columns: 80, pattern: "coordinator/lazy" })).toContain(
      "      score: default 90; 0 to 100, whole\n          The score it gives to what it approves",
    )
  })

  test("says which option belongs to which choice", () => {
    const [poisoner] = JSON.parse(agents({ pattern: "solver/poisoner", json: true })) as [
      { options: { name: string; when?: string; values: string; required: boolean }[] },
    ]
    const [attack, strength] = poisoner.options
    expect(attack).toMatchObject({ name: "attack", values: expect.stringContaining("signFlip | garbage") })
    expect(attack?.when).toBeUndefined()
    expect(strength).toMatchObject({ name: "strength", when: "attack: signFlip", required: false })
  })
})

test("the commands take one pattern and print to a pipe", async () => {
  expect(() => parseCommandLine(["params", "a", "b"])).toThrow("params takes one pattern, found also b")
  expect(parseCommandLine(["rules", "--json"])).toEqual({ command: "rules", pattern: undefined, json: true })
  const params = await autonetSim(["params", "ResultsRewards.panelSize"], studyFolder()).ended
  expect([params.code, params.stdout]).toEqual([
    0,
    expect.stringMatching(/^ResultsRewards\.panelSize {2}5 {2}0 to 16 {2}.*\n$/),
  ])
  const rules = await autonetSim(["rules"], studyFolder()).ended
  expect([rules.code, rules.stdout]).toEqual([
    0,
    expect.stringMatching(/^tie-slashes +ResultsSettlement +A tie/m),
  ])
  const unknown = await autonetSim(["params", "nothing-like-it"], studyFolder()).ended
  expect([unknown.code, unknown.stdout]).toEqual([2, ""])
})

describe("the list of metrics", () => {
  test("has unit, formula and meaning of everything that statements may name", () => {
    const lines = listMetrics(piped).trimEnd().split("\n")
    const names = lines.map((line) => line.split(" ")[0]?.replace("(…)", ""))
    const known = [...RUN_METRICS, ...runMetricNames, ...SUBJECT_METRICS]
    expect(names).toEqual(expect.arrayContaining(known))
    expect(known).toEqual(expect.arrayContaining(names))
    expect(lines.every((line) => /^\S+ {2,}\S.* {2,}\S.* {2,}\S.*[.)]$/.test(line))).toBe(true)
  })
})
