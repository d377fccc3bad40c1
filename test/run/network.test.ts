import { Effect } from "effect"
import { describe, expect, it } from "vitest"
import { strategies } from "../../sim/agents/registry.ts"
import { deriveStream, type RandomStream } from "../../sim/kernel/randomStream.ts"
import { castOf } from "../../sim/world/cast.ts"
import { createNetwork } from "../../sim/world/network.ts"
import type { NetworkConditions } from "../../sim/scenario/scenario.ts"
import { loadScenario } from "../../sim/scenario/loadScenario.ts"
import { contractParameters } from "../../sim/mechanisms/parameters.ts"
import { playScenario, smallScenario } from "./playScenario.ts"

const SECOND = 1_000_000
const MINUTE = 60 * SECOND

const calm = { medianLatencySeconds: 1, latencySigma: 0, lossProbability: 0, delays: [], partitions: [] }

const registries = { strategies, parameters: contractParameters }
const cast = castOf((await Effect.runPromise(loadScenario(smallScenario, { registries }))).base, strategies)

const network = (conditions: Partial<NetworkConditions>) => {
  const streams = new Map<string, RandomStream>()
  const stream = (name: string): RandomStream => {
    const known = streams.get(name) ?? deriveStream("1", name)
    streams.set(name, known)
    return known
  }
  return createNetwork({ conditions: { ...calm, ...conditions }, cast, stream })
}

const accountOf = (name: string) => {
  const member = cast.find((each) => each.name === name)
  if (member === undefined) throw new Error(`there is no ${name}`)
  return member.address
}
const [one, two] = [accountOf("coordinator-1"), accountOf("coordinator-2")]

describe("a network", () => {
  it("holds back what a cut-off agent sends and hears until the partition ends, and nobody else's", () => {
    const { outgoing, incoming } = network({
      partitions: [{ agents: "coordinator-1", fromMinutes: 10, minutes: 5 }],
    })
    expect(outgoing(one, 9 * MINUTE)).toBe(SECOND)
    expect(outgoing(one, 10 * MINUTE)).toBe(5 * MINUTE + SECOND)
    expect(outgoing(one, 15 * MINUTE)).toBe(SECOND)
    expect(outgoing(two, 12 * MINUTE)).toBe(SECOND)
    expect(incoming(one)?.(12 * MINUTE)).toBe(15 * MINUTE)
    expect(incoming(two)).toBeUndefined()
  })

  it("adds up the delays that a scenario's words lay on an agent, in both directions", () => {
    const { outgoing, incoming } = network({
      delays: [
        { agents: "coordinator", seconds: 2 },
        { agents: "coordinator-1", seconds: 3 },
      ],
    })
    expect(outgoing(one, 0)).toBe(6 * SECOND)
    expect(outgoing(two, 0)).toBe(3 * SECOND)
    expect(incoming(one)?.(MINUTE)).toBe(MINUTE + 5 * SECOND)
  })

  it("loses messages as often as it is told, each sender's from its own stream", () => {
    const { outgoing } = network({ lossProbability: 0.3 })
    const alone = network({ lossProbability: 0.3 })
    const drawn = Array.from({ length: 4000 }, () => {
      outgoing(two, 0)
      return outgoing(one, 0)
    })
    expect(drawn).toEqual(Array.from({ length: 4000 }, () => alone.outgoing(one, 0)))
    const share = drawn.filter((micros) => micros === undefined).length / 4000
    // 99.99 % of such samples lie within 3.9 standard deviations.
    expect(Math.abs(share - 0.3)).toBeLessThan(3.9 * Math.sqrt((0.3 * 0.7) / 4000))
  })

  it("that cuts the coordinators off while they should vote leaves tasks without a decision", async () => {
    const cut = `network.partitions=[{agents: coordinator, fromMinutes: 0, minutes: 100000}]`
    const { metrics } = await playScenario({ set: [cut, "rounds=1", "limitHours=6"] })
    expect(metrics["livenessLoss"]).toBe(1)
    const { metrics: usual } = await playScenario({ set: ["rounds=1", "limitHours=6"] })
    expect(usual["livenessLoss"]).toBe(0)
  })
})
