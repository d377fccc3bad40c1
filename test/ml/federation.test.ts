import { beforeAll, describe, expect, test } from "vitest"
import { initialiseBackend } from "../../ml/backend.ts"
import { evaluate } from "../../ml/evaluation/evaluate.ts"
import { federate } from "../../ml/federation/federate.ts"
import {
  FederationInvalid,
  type FederationOptions,
  type FederationRound,
} from "../../ml/federation/federationOptions.ts"
import { mlp } from "../../ml/models/mlp.ts"
import type { AttackInput } from "../../ml/poisoning/attackSpec.ts"
import { train, TrainingDiverged } from "../../ml/training/train.ts"
import { syntheticDataset } from "./syntheticDataset.ts"

beforeAll(async () => {
  await initialiseBackend()
})

const dataset = syntheticDataset({ seed: "federation", inputs: 32, classes: 4, train: 400, test: 200 })
const options: FederationOptions = {
  dataset,
  model: mlp({ inputs: 32, hidden: [8], classes: 4 }),
  rounds: 6,
  clients: 8,
  partition: { kind: "iid" },
  training: { epochs: 3, batchSize: 10, learningRate: 0.1 },
  seed: "1",
}
const attacked = (attack: AttackInput, more: Partial<FederationOptions> = {}): FederationOptions => ({
  ...options,
  attackers: { share: 0.25, attack },
  ...more,
})
const last = (given: FederationOptions): FederationRound => [...federate(given)].at(-1)!

describe("a federation", () => {
  test("learns, measures each round, and begins with the untrained model", () => {
    const rounds = [...federate(options)]
    expect(rounds.map(({ round }) => round)).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(rounds[0]!.updates).toBe(0)
    expect(rounds[0]!.accuracy).toBeLessThan(0.6)
    expect(rounds.at(-1)!.accuracy).toBeGreaterThan(0.95)
    for (const { weights, accuracy, loss } of rounds) {
      expect(evaluate({ model: options.model, dataset, weights })).toMatchObject({ accuracy, loss })
    }
  })

  test("is the same bit by bit from the same options, and another from another seed", () => {
    const attack = attacked({ attack: "gaussian" }, { rounds: 2 })
    expect([...federate(attack)]).toEqual([...federate(attack)])
    expect(last({ ...attack, seed: "2" }).weights).not.toEqual(last(attack).weights)
  })

  test("works no further than it is asked to", () => {
    let trainings = 0
    const counting: FederationOptions["train"] = (request) => {
      trainings++
      return train(request)
    }
    const rounds = federate({ ...options, train: counting })
    rounds.next()
    expect(trainings).toBe(0)
    rounds.next()
    expect(trainings).toBe(8)
  })

  test("asks a fraction of the clients each round, others each time, at least one", () => {
    const trainers: string[][] = []
    const noting: FederationOptions["train"] = (request) => {
      trainers.at(-1)!.push(request.seed.replace(/\/round.*/, ""))
      return train(request)
    }
    const given: FederationOptions = { ...options, clientFraction: 0.5, train: noting }
    for (const round of federate(given)) {
      expect(round.updates).toBe(round.round === 0 ? 0 : 4)
      trainers.push([])
    }
    expect(new Set(trainers.map((names) => names.join())).size).toBeGreaterThan(3)
    expect(last({ ...options, clientFraction: 0.01, rounds: 1 }).updates).toBe(1)
  })

  test("goes on without a client whose training diverges or whose update is no list of numbers", () => {
    const diverging: FederationOptions["train"] = (request) => {
      if (request.seed.includes("client-000003")) throw new TrainingDiverged({ epoch: 0, step: 1 })
      const result = train(request)
      return request.seed.includes("client-000005")
        ? { ...result, weights: result.weights.map(() => NaN) }
        : result
    }
    expect(last({ ...options, train: diverging, rounds: 1 }).updates).toBe(6)
    const none: FederationOptions["train"] = () => {
      throw new TrainingDiverged({ epoch: 0, step: 1 })
    }
    const [beginning, after] = [...federate({ ...options, train: none, rounds: 1 })]
    expect(after).toMatchObject({ updates: 0, accuracy: beginning!.accuracy })
  })

  test.each<[string, Partial<FederationOptions>]>([
    ["clients", { clients: 0 }],
    ["rounds", { rounds: 1.5 }],
    ["clientFraction", { clientFraction: 0 }],
    ["attackers.share", { attackers: { share: 1.1, attack: { attack: "garbage" } } }],
  ])("with impossible %s is refused", (field, wrong) => {
    expect(() => federate({ ...options, ...wrong }).next()).toThrow(FederationInvalid)
    expect(() => federate({ ...options, ...wrong }).next()).toThrow(field)
  })
})

describe("attackers in a federation", () => {
  test("are the share that was asked for, rounded up", () => {
    const numberOf = (share: number) => {
      const attackers = { share, attack: { attack: "signFlip" } as const }
      return last({ ...options, rounds: 1, attackers }).poisonedUpdates
    }
    expect([0, 0.01, 0.125, 0.25, 0.26, 1].map(numberOf)).toEqual([0, 1, 1, 2, 3, 8])
  })

  test("ruin the plain average, and not the median, by a scaled, flipped, noisy or invented update", () => {
    const attacks: AttackInput[] = [
      { attack: "signFlip" },
      { attack: "scaled", factor: -20 },
      { attack: "gaussian", relativeDeviation: 100 },
      { attack: "garbage", deviation: 5 },
    ]
    for (const attack of attacks) {
      const mean = last(attacked(attack))
      const median = last(attacked(attack, { aggregation: { rule: { kind: "median" } } }))
      expect(mean.poisonedUpdates).toBe(2)
      expect(mean.accuracy).toBeLessThan(0.8)
      expect(median.accuracy).toBeGreaterThan(0.95)
    }
  })

  test("plant a backdoor that main accuracy doesn't show, and its success is measured beside it", () => {
    const backdoor = { attack: "backdoor", target: 2, patchPixels: 2, boost: 4 } as const
    const planted = last(attacked(backdoor))
    const clean = last({ ...options, trigger: { target: 2, patchPixels: 2 } })
    expect(planted.accuracy).toBeGreaterThan(0.9)
    expect(planted.backdoorSuccess).toBeGreaterThan(0.9)
    expect(clean.backdoorSuccess).toBeLessThan(0.5)
    expect(last(options).backdoorSuccess).toBeUndefined()
  })

  test("who ride for free slow it down or change nothing, and need no training", () => {
    const trainers = new Set<string>()
    const noting: FederationOptions["train"] = (request) => {
      trainers.add(request.seed.replace(/\/round.*/, ""))
      return train(request)
    }
    for (const mode of ["globalModel", "copyLast"] as const) {
      trainers.clear()
      const ridden = last(attacked({ attack: "freeRider", mode }, { train: noting }))
      expect(trainers.size).toBe(6)
      expect(ridden.updates).toBe(8)
      expect(ridden.accuracy).toBeGreaterThan(0.9)
    }
  })

  test("overfit to leaked examples: better there than honest work, worse elsewhere", () => {
    const leakedIndices = Array.from({ length: 40 }, (_, i) => i)
    const rest = Array.from({ length: 160 }, (_, i) => i + 40)
    // Hard to learn in one round from few examples.
    const short = { rounds: 1, clients: 40, attackers: { share: 1, attack: { attack: "overfit" } as const } }
    const overfitted = { ...options, ...short, leakedIndices }
    const onLeaked = last({ ...overfitted, evaluationIndices: leakedIndices })
    const elsewhere = last({ ...overfitted, evaluationIndices: rest })
    expect(onLeaked.accuracy).toBeGreaterThan(elsewhere.accuracy)
    const nothingLeaked = attacked({ attack: "overfit" })
    expect(() => federate(nothingLeaked).next()).toThrow("nothing has leaked")
  })
})
