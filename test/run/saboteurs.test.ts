import { expect, it, vi } from "vitest"
import { playScenario } from "./playScenario.ts"

/** The strategies that ship, and some that only these runs need. */
vi.mock("../../sim/agents/registry.ts", async (original) => {
  const { strategies } = await original<typeof import("../../sim/agents/registry.ts")>()
  const saboteurs = Object.values(await import("./saboteurs.ts"))
  const more = saboteurs.map((strategy) => [strategy.name, strategy] as const)
  return { strategies: new Map([...strategies, ...more]) }
})

/** Nobody looks: what the saboteur hands in is approved. */
const play = (saboteur: string, honest: number, more: readonly string[] = []) =>
  playScenario({
    set: [
      ...more,
      `population[1].count=${honest}`,
      `population[2].strategy=${saboteur}`,
      "population[3].strategy=coordinator/lazy",
    ],
  })

it.each(["solver/scribbler", "solver/emptyHanded"])(
  "what %s gets approved can't stop the aggregator: the others' work is averaged",
  async (saboteur) => {
    const run = await play(saboteur, 1)
    const approved = run.submissions.filter(
      ({ strategy, consensus }) => strategy === saboteur && consensus === true,
    )
    expect(approved.length).toBeGreaterThan(0)
    expect(run.rounds.map(({ round }) => round)).toEqual([0, 1, 2])
    expect(run.rounds.at(-1)!.accuracy).toBeGreaterThan(run.rounds[0]!.accuracy + 0.05)
  },
)

it("a round of nothing but claims of no samples keeps the model", async () => {
  // Without a keeper there are no traps either, which would be approved and averaged.
  const run = await play("solver/emptyHanded", 0, ["population[6].count=0"])
  expect(run.submissions.filter(({ consensus }) => consensus === true).length).toBeGreaterThan(0)
  expect(run.rounds.map(({ round, accuracy }) => [round, accuracy])).toEqual(
    [0, 1, 2].map((round) => [round, run.rounds[0]!.accuracy]),
  )
})

const playWithProposer = (saboteur: string) => playScenario({ set: [`population[0].strategy=${saboteur}`] })

it.each(["proposer/dreamer", "proposer/boaster"])(
  "what answers a task of %s is not approved, and the run goes on",
  async (saboteur) => {
    const run = await playWithProposer(saboteur)
    expect(run.submissions.length).toBeGreaterThan(0)
    expect(run.submissions.filter(({ consensus }) => consensus === true)).toEqual([])
    expect(run.rounds.map(({ round }) => round)).toEqual([0, 1, 2])
  },
)

it("a task from a model that nobody has is answered by nobody, and the run goes on", async () => {
  const run = await playWithProposer("proposer/inventor")
  expect(run.submissions.filter(({ trap }) => !trap)).toEqual([])
  expect(run.rounds.map(({ round }) => round)).toEqual([0, 1, 2])
})

it("after a model that nobody can read everybody goes on with the one before it", async () => {
  const run = await playScenario({ set: ["population[5].strategy=aggregator/scrawler"] })
  // What nobody can read is no model, and nobody disputes it here.
  expect(run.rounds.map(({ round }) => round)).toEqual([0])
  // The second round is proposed, answered and judged from the model before.
  expect(
    run.submissions.filter(({ round, votes }) => round === 2 && votes.length > 0).length,
  ).toBeGreaterThan(0)
})
