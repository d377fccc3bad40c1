import fc from "fast-check"
import type { Address } from "viem"
import { beforeAll, describe, expect, test } from "vitest"
import { outsider } from "./cycle.ts"
import { type ModelProposal, isForward, newProposal, rules, stateOf, weights } from "./daoModel.ts"
import { type Voter, createGovernedWorld, guardian, keyOf, state, voters } from "./government.ts"
import type { SuiteParameter } from "../../chain/suite.ts"
import type { World } from "./world.ts"

const actors = ["bulk", "drop", "rival", "justEnough"] as const satisfies readonly Voter[]
const parameter = (contract: SuiteParameter["contract"], key: string, value: bigint): SuiteParameter => {
  return { contract, key, value }
}
const parameters = [
  parameter("AutonetDAO", "votingDelay", rules.votingDelay),
  parameter("AutonetDAO", "votingPeriod", rules.votingPeriod),
  parameter("AutonetDAO", "queueBlocks", rules.queueBlocks),
  parameter("Timelock", "timelockDelay", rules.timelockDelay),
  parameter("Timelock", "timelockExpiry", rules.timelockExpiry),
  parameter("Constitution", "juryCommitBlocks", 5n),
  parameter("Constitution", "juryRevealBlocks", 5n),
]

const step = fc.record({
  what: fc.oneof(
    { weight: 3, arbitrary: fc.constant("propose" as const) },
    { weight: 8, arbitrary: fc.constant("vote" as const) },
    { weight: 6, arbitrary: fc.constantFrom("mine", "queue", "execute", "nextPhase") },
    { weight: 1, arbitrary: fc.constantFrom("cancel", "veto", "amend", "wait") },
  ),
  who: fc.constantFrom(...actors),
  which: fc.nat(5),
  support: fc.constantFrom(true, true, true, false),
  amount: fc.integer({ min: 1, max: 12 }),
})
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** Contract and model differ. */
class Disagreement extends Error {}

/** Plays one sequence on contract and model; they must agree on every answer and on every state. */
class Play {
  readonly world: World
  readonly model: ModelProposal[] = []
  readonly reached = new Set<number>()
  constructor(world: World) {
    this.world = world
  }

  private get seconds(): bigint {
    return this.world.environment.timestampSeconds
  }

  private async agree(expected: boolean, call: Promise<unknown>, what: string): Promise<void> {
    const actual = await call.then(
      () => true,
      () => false,
    )
    if (actual !== expected) throw new Disagreement(`${what}: expected ${expected ? "success" : "a revert"}`)
  }

  private stateNow(p: ModelProposal | undefined): number | undefined {
    return p && stateOf(p, this.world.blockNumber, this.seconds)
  }

  async take({ what, who, which, support, amount }: Step): Promise<void> {
    const { world } = this
    const place = this.model.length === 0 ? 0 : which % this.model.length
    const p = this.model[place]
    const id = BigInt(place) + 1n
    const now = this.stateNow(p)
    const send = (by: Address, call: "queue" | "cancel" | "veto") => world.send(by, "dao", call, [id])
    if (what === "mine") world.mine(amount)
    else if (what === "wait") world.extraSeconds += BigInt(amount) * 400n
    else if (what === "nextPhase") this.skipPhase(p)
    else if (what === "propose" || what === "amend") await this.propose(who, what === "amend")
    else if (what === "vote") {
      const may = p !== undefined && now === state.active && !p.voted.has(who)
      await this.agree(may, world.send(voters[who], "dao", "castVote", [id, support]), "vote")
      if (may && support) p.for += weights[who] ?? 0
      if (may && !support) p.against += weights[who] ?? 0
      if (may) p.voted.add(who)
    } else if (what === "queue") {
      const may = p !== undefined && now === state.succeeded
      await this.agree(may, send(outsider, "queue"), "queue")
      if (may) p.queuedAt = this.seconds
    } else if (what === "execute") {
      const ripe = p?.queuedAt !== undefined && this.seconds >= p.queuedAt + rules.timelockDelay
      const may = p !== undefined && now === state.queued && ripe
      const args = [id, world.at.results, this.data(id)] as const
      await this.agree(may, world.send(outsider, "dao", "execute", args), "execute")
      if (may) p.executed = true
    } else if (what === "cancel") {
      const may = p !== undefined && p.proposer === who && (now ?? 9) <= state.active
      await this.agree(may, send(voters[who], "cancel"), "cancel")
      if (may) p.canceled = true
    } else {
      const open = [state.pending, state.active, state.succeeded, state.queued] as (number | undefined)[]
      const may = p !== undefined && open.includes(now)
      await this.agree(may, send(guardian, "veto"), "veto")
      if (may) p.canceled = true
    }
  }

  /** Every state as the model says, none gone back since `before`. */
  async compare(before: readonly number[]): Promise<number[]> {
    const states: number[] = []
    for (const [place, p] of this.model.entries()) {
      const actual = await this.world.read("dao", "getProposalState", [BigInt(place) + 1n])
      const expected = this.stateNow(p)
      if (actual !== expected)
        throw new Disagreement(`proposal ${place + 1}: expected state ${expected}, found ${actual}`)
      const earlier = before[place]
      if (earlier !== undefined && !isForward(earlier, actual))
        throw new Disagreement(`proposal ${place + 1}: went back from ${earlier} to ${actual}`)
      this.reached.add(actual)
      states.push(actual)
    }
    return states
  }

  private data(id: bigint) {
    return this.world.encode("results", "setParameter", [keyOf("coordinatorFee"), id])
  }

  private async propose(who: Voter, amendment: boolean): Promise<void> {
    const { world } = this
    const id = BigInt(this.model.length) + 1n
    // Nobody closes juries here, so an amendment stays open until it is cancelled.
    const open = this.model.some((p) => p.amendment && p.proposer === who && !p.canceled)
    const may = (weights[who] ?? 0) >= 1_000 && !(amendment && open)
    const data = amendment ? world.encode("results", "setGovernance", [outsider]) : this.data(id)
    const args = [world.at.results, 0n, data, "model"] as const
    await this.agree(may, world.send(voters[who], "dao", "proposeFor", args), "propose")
    if (may) this.model.push(newProposal(who, world.blockNumber, amendment))
  }

  /** To the first block or second in which a proposal's state may be another. */
  private skipPhase(p: ModelProposal | undefined): void {
    if (p === undefined) return
    const start = p.proposedAt + rules.votingDelay
    const end = start + rules.votingPeriod
    const next = [start, end].find((block) => block >= this.world.blockNumber)
    if (next !== undefined) this.world.blockNumber = next + 1n
    else if (p.queuedAt !== undefined && this.seconds < p.queuedAt + rules.timelockDelay)
      this.world.extraSeconds += p.queuedAt + rules.timelockDelay - this.seconds
    else this.world.mine(15)
  }
}

describe("whatever proposers, voters, the guardian and strangers do in any order", () => {
  let world: World
  beforeAll(async () => {
    world = await createGovernedWorld({ parameters })
  })

  test("the DAO answers and stands as its model, no state goes back, and nothing is executed twice", async () => {
    const goBack = world.remember()
    const reached = new Set<number>()
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 40, maxLength: 70 }), async (steps) => {
        goBack()
        const play = new Play(world)
        let states: number[] = []
        for (const each of steps) {
          await play.take(each)
          states = await play.compare(states)
        }
        for (const each of play.reached) reached.add(each)
      }),
      // The seed is fixed because the last expectation is about what this sample reaches.
      { numRuns: 40, seed: 20_261_125 },
    )
    expect([...reached].sort()).toEqual(Object.values(state).sort())
  })
})
