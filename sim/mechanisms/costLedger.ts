/**
 * The second ledger: what real work and services cost, booked against accounts outside the protocol.
 *
 * Costs leave an agent's profit, never the token's ledger. Every booking has two sides, so that
 * Σ profits + Σ outside accounts = minted − burned + change in the value of project tokens.
 */
import { Effect } from "effect"
import { record } from "../kernel/ambient.ts"

/** What an agent pays for. `gas` includes priority fees, of which the block builder is the receiver. */
export const costKinds = ["compute", "verification", "storage", "gas"] as const
export type CostKind = (typeof costKinds)[number]

/** Costs of one agent, wei, zero or positive. */
export type Costs = Readonly<Record<CostKind, bigint>>

const nothing = (): Record<CostKind, bigint> => ({ compute: 0n, verification: 0n, storage: 0n, gas: 0n })

export class CostLedger {
  readonly #byAgent = new Map<string, Record<CostKind, bigint>>()
  readonly #evaluations = new Map<string, number>()
  readonly #outside = nothing()

  /** Books `wei` of a kind against an agent; the same amount arrives outside. Throws on a negative amount. */
  book(agent: string, kind: CostKind, wei: bigint): void {
    if (wei < 0n) throw new RangeError(`a cost can't be negative: ${kind} of ${agent}: ${wei} wei`)
    let costs = this.#byAgent.get(agent)
    if (costs === undefined) this.#byAgent.set(agent, (costs = nothing()))
    costs[kind] += wei
    if (kind === "verification") this.#evaluations.set(agent, this.evaluationsOf(agent) + 1)
    this.#outside[kind] += wei
  }

  /** How often an agent has paid for an evaluation, be it of a part of a set, and be it free of charge. */
  evaluationsOf(agent: string): number {
    return this.#evaluations.get(agent) ?? 0
  }

  costsOf(agent: string): Costs {
    return { ...nothing(), ...this.#byAgent.get(agent) }
  }

  /** What the outside accounts have received. */
  outside(): Costs {
    return { ...this.#outside }
  }
}

/** Books a cost of the running agent and leaves it in the trace. */
export const charge = (ledger: CostLedger, agent: string, kind: CostKind, wei: bigint): Effect.Effect<void> =>
  Effect.suspend(() => {
    ledger.book(agent, kind, wei)
    return record("cost", { agent, kind, wei })
  })

/** Sum of an agent's costs, wei. */
export const totalCost = (costs: Costs): bigint => costKinds.reduce((sum, kind) => sum + costs[kind], 0n)
