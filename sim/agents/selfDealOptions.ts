/** What a party that deals with itself chooses. */
import { Schema } from "effect"
import type { Address } from "viem"
import type { SelfDeal } from "./steps/selfDealing.ts"
import { withDefault } from "./strategyOptions.ts"
import { weiOf } from "./weiOf.ts"

const atn = (least: number) => Schema.Finite.check(Schema.isBetween({ minimum: least, maximum: 1_000_000 }))

export const selfDealOptions = {
  tasks: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 20 })).pipe(
    withDefault(2, "Tasks that it proposes to itself."),
  ),
  solvers: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 8 })).pipe(
    withDefault(3, "Accounts of its own that answer each task, staked as solvers."),
  ),
  solverRewardAtn: atn(0).pipe(
    withDefault(200, "Reward that each answer asks for, in ATN; halved until the budget can pay the task."),
  ),
  learnabilityRewardAtn: atn(0).pipe(
    withDefault(100, "Reward that it asks for as the proposer, in ATN a task; halved likewise."),
  ),
  waitBlocks: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 10_000 })).pipe(
    withDefault(10, "Blocks that it waits before it begins."),
  ),
}

const SelfDealOptions = Schema.Struct(selfDealOptions)

/** The deal that the options describe, at the cost of a project. */
export const dealOf = (
  options: typeof SelfDealOptions.Type,
  { projectId, solvers }: { readonly projectId: bigint; readonly solvers: readonly Address[] },
): SelfDeal => ({
  projectId,
  solvers,
  tasks: options.tasks,
  learnabilityRewardWei: weiOf(options.learnabilityRewardAtn),
  solverRewardWei: weiOf(options.solverRewardAtn),
})
