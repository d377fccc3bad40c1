import { beforeAll, expect, test } from "vitest"
import { StoryPrinter } from "../../sim/cli/printStory.ts"
import { styleFor } from "../../sim/cli/terminal.ts"
import type { RunResult } from "../../sim/results/runResult.ts"
import { createStory, type Entry } from "../../sim/story/story.ts"
import { atnText } from "../../sim/story/wording.ts"
import { playScenario } from "../run/playScenario.ts"

const entries: Entry[] = []
let result: RunResult
let lines: string[] = []

beforeAll(async () => {
  result = await playScenario({
    set: ["rounds=1", "population[coordinator/honest].strategy=coordinator/lazy"],
    onNames: (names, { chain, costs }) =>
      createStory({ names, ...chain, ...costs, tell: (entry) => void entries.push(entry) }).take,
  })
  lines = print(() => true)
})

const print = (isShown: (entry: Entry) => boolean): string[] => {
  const printed: string[] = []
  const printer = new StoryPrinter({
    style: styleFor({}, {}),
    print: (line) => void printed.push(line),
    isShown,
  })
  printer.take(entries)
  printer.end()
  return printed
}

const line = (text: string | RegExp) =>
  lines.find((each) => (typeof text === "string" ? each.includes(text) : text.test(each)))

test("a story says who did what, when, in which block, and what it cost", () => {
  expect(line("proposes a task")).toMatch(
    /^ {2}0:02:\d\d +1\d {2}proposer-1 +proposes a task: \S+ ATN for each solver, \S+ ATN for itself {2}0\.\d+ ATN of gas$/,
  )
  expect(line("trains")).toMatch(/proposer-1 +trains {2}for 0\.2 ATN/)
  expect(line("solver-1's solution of task 1: correct")).toMatch(
    /coordinator-\d.* opens? (its|their) vote on /,
  )
  expect(line("publishes the global model of round 1")).toMatch(/aggregator-1/)
})

test("what many do in one block is one line", () => {
  expect(line(/coordinator-1 to 3 +stake 500 ATN as coordinator/)).toBeDefined()
  expect(line(/coordinator-\d.*: correct, score 90/)).toContain("coordinator-1 to 3")
})

test("what follows stands below: rewards add up to what was distributed", () => {
  const rewards = entries
    .flatMap(({ consequences }) => consequences)
    .flatMap(({ text }) => /^gets ([\d.,]+) ATN as reward/.exec(text)?.[1] ?? [])
  expect(rewards.length).toBeGreaterThan(4)
  const solvers = result.agents.filter(({ strategy }) => strategy === "solver/honest")
  expect(solvers.every(({ money }) => Number(money.profit) > 0)).toBe(true)
  expect(line(/→ .*solver-1.* (gets|get) .* ATN as reward \(solver\)/)).toBeDefined()
})

test("every act of the run is told, and nobody is a bare address", () => {
  const transactions = entries.filter(({ cost }) => cost?.kind === "gas")
  expect(transactions).toHaveLength(result.transactions)
  expect(lines.filter((each) => /0x[0-9a-fA-F]{40}/.test(each))).toEqual([])
  const refused = entries.filter(({ text }) => text.includes(": refused ("))
  expect(refused).toHaveLength(result.revertedTransactions)
})

test("amounts are exact as far as they are shown", () => {
  expect(
    [0n, 1n, 5n * 10n ** 17n, 10n ** 18n, 1234n * 10n ** 18n, 123n * 10n ** 12n, -3n * 10n ** 18n].map(
      atnText,
    ),
  ).toEqual(["0 ATN", "1 wei", "0.5 ATN", "1 ATN", "1,234 ATN", "0.00012 ATN", "−3 ATN"])
})
