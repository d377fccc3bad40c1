import { join } from "node:path"
import { Effect, Fiber, type Scope } from "effect"
import { beforeAll, describe, expect, it } from "vitest"
import type { Whisper } from "../../sim/agents/channel.ts"
import { createKernel } from "../../sim/kernel/createKernel.ts"
import type { RunResult } from "../../sim/results/runResult.ts"
import { createChannels } from "../../sim/world/channels.ts"
import { playScenario, type PlayOptions } from "./playScenario.ts"

const file = join(import.meta.dirname, "../fixtures/scenarios/leak.yaml")
const play = (options: PlayOptions) => playScenario({ file, ...options })

const of = ({ submissions }: RunResult, strategy: string) =>
  submissions.filter((submission) => submission.strategy === strategy)

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length

/** Accuracy on the task's own examples minus accuracy on the held-out set. */
const gap = (run: RunResult, strategy: string): number =>
  mean(of(run, strategy).map(({ taskAccuracy, accuracy }) => taskAccuracy! - accuracy!))

const profit = ({ agents }: RunResult, strategy: string): number =>
  Number(agents.find((agent) => agent.strategy === strategy)?.money.profit ?? NaN) / 1e18

describe("a ground truth that leaks to an accomplice", () => {
  let leaked: RunResult
  let kept: RunResult
  beforeAll(async () => {
    leaked = await play({})
    kept = await play({ set: ["population[leak].strategy=proposer/honest"] })
  })

  it("shows as accuracy on the task's own examples that is not there on others", () => {
    expect(gap(leaked, "solver/overfitter")).toBeGreaterThan(0.2)
    expect(Math.abs(gap(kept, "solver/overfitter"))).toBeLessThan(0.05)
    expect(Math.abs(gap(leaked, "solver/honest"))).toBeLessThan(0.05)
    expect(leaked.metrics["evaluationGap"]).toBeGreaterThan(kept.metrics["evaluationGap"]! + 0.1)
  })

  it("moves money: every score is 100, for a training that is charged example by example", () => {
    expect(of(leaked, "solver/overfitter").map(({ score }) => score)).toEqual(Array(8).fill(100))
    expect(mean(of(kept, "solver/overfitter").map(({ score }) => score))).toBeLessThan(98)
    expect(profit(leaked, "solver/overfitter")).toBeGreaterThan(profit(kept, "solver/overfitter"))
    const computeOf = (run: RunResult) => run.agents.find(({ strategy }) => strategy === "solver/overfitter")
    // Eight tasks: 50 examples four times each, against the 100 of its shard.
    expect(computeOf(leaked)?.money.compute).toBe(String(-8n * 200n * 10n ** 15n))
    expect(computeOf(kept)?.money.compute).toBe(String(-8n * 100n * 10n ** 15n))
  })

  it("leaves no trace on chain: the honest solver's and the coordinators' work is what it was", () => {
    expect(leaked.revertedTransactions).toBe(0)
    expect(leaked.violations).toEqual([])
    const firstRound = (run: RunResult) =>
      of(run, "solver/honest")
        .filter(({ round }) => round === 1)
        .map(({ accuracy, score }) => [accuracy, score])
    expect(firstRound(leaked)).toEqual(firstRound(kept))
  })

  it("is refused where truth would be measured on what may leak", async () => {
    await expect(play({ set: ["learning.heldOutExamples=10000"] })).rejects.toThrow(
      "learning.heldOutExamples: expected at most 9950, so that truth is measured on other examples than solver/overfitter may train on, found 10000",
    )
  })

  it("is told to nobody outside the ring", async () => {
    const apart = await play({ set: ["population[2].options.ring=another"] })
    expect(of(apart, "solver/overfitter")).toEqual(of(kept, "solver/overfitter"))
  })

  it("shows no trail that an audit would accept", async () => {
    const audited = await play({
      set: [
        "learning.checkpoints={every: 5}",
        "population[3].options={auditProbability: 1, auditSegments: 2}",
      ],
    })
    expect(of(audited, "solver/overfitter").map(({ consensus }) => consensus)).toEqual(Array(8).fill(false))
    expect(of(audited, "solver/honest").filter(({ consensus }) => consensus === true).length).toBeGreaterThan(
      4,
    )
  })
})

describe("a private channel", () => {
  const whisper = (taskId: bigint): Whisper => ({
    kind: "groundTruth",
    taskId,
    truth: {
      version: 1,
      dataset: "d",
      datasetHash: "0".repeat(64),
      split: "test",
      indices: [1],
      threshold: { correct: 1, total: 1 },
      base: { correct: 0, total: 1 },
      salt: `0x${"0".repeat(64)}`,
    },
  })

  it("brings words to every other member that listens, in the network's time, and to nobody else", async () => {
    const kernel = createKernel({ seed: "1", horizonMicros: 10_000_000 })
    const delays = new Map([
      ["0xa", 2_000_000],
      ["0xb", 500_000],
    ])
    const open = createChannels({ latencyMicros: (from) => delays.get(from) ?? 0 })
    const heard: (readonly [string, bigint, number])[] = []
    const listen = (ring: string, account: `0x${string}`) =>
      Effect.gen(function* () {
        const { take } = yield* open(ring, account).listen
        return yield* Effect.forever(
          Effect.map(take, (whisper) => {
            if (whisper.kind === "groundTruth") heard.push([account, whisper.taskId, kernel.now()])
          }),
        )
      })
    const spawn = (name: string, program: Effect.Effect<unknown, never, Scope.Scope>) =>
      kernel.spawn(name, program)
    spawn("listener b", listen("ring", "0xb"))
    spawn("listener c", listen("ring", "0xc"))
    spawn("listener d", listen("other", "0xd"))
    spawn(
      "a",
      Effect.gen(function* () {
        const own = yield* Effect.forkScoped(listen("ring", "0xa"))
        yield* Effect.sleep("1 seconds")
        yield* open("ring", "0xa").tell(whisper(1n))
        yield* open("ring", "0xb").tell(whisper(2n))
        yield* Effect.sleep("5 seconds")
        yield* Fiber.interrupt(own)
      }),
    )
    await kernel.run()
    expect(heard).toEqual([
      ["0xc", 2n, 1_500_000],
      ["0xa", 2n, 1_500_000],
      ["0xb", 1n, 3_000_000],
      ["0xc", 1n, 3_000_000],
    ])
  })
})
