/**
 * Builds blocks for its accomplices: theirs first, and what others send against them not at all, as long as it builds.
 *
 * What it leaves out stays in the mempool, for the next builder who is not its friend.
 */
import { Effect, Schema } from "effect"
import { type Hex, toFunctionSelector } from "viem"
import { resultsRewardsAbi } from "../../../chain/abi/resultsRewards.ts"
import { taskContractAbi } from "../../../chain/abi/taskContract.ts"
import { mergeSenders } from "../../../chain/ordering/orderingPolicy.ts"
import type { PendingTransaction } from "../../../chain/transaction.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"

/** What a builder may keep out, by the functions that are called. */
const targets = {
  solutionCommits: ["commitSolution"],
  solutionReveals: ["revealSolution", "revealSaltedSolution"],
  voteCommits: ["commitVote"],
  voteReveals: ["revealVote"],
} as const
type Target = keyof typeof targets
const targetNames = Object.keys(targets) as [Target, ...Target[]]

const Options = Schema.Struct({
  share: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1 })).pipe(
    withDefault(0.5, "Share of all blocks that it builds, 0 to 1."),
  ),
  keepsOut: Schema.Literals([...targetNames, "nothing"]).pipe(
    withDefault("voteReveals", "Transactions of others that it leaves out of its blocks."),
  ),
  minimumFeeWeiPerGas: Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1e15 })).pipe(
    withDefault(0, "Lets others in who pay at least this priority fee, ATN wei a gas; 0 = nobody."),
  ),
})

export const partisanBuilder = defineStrategy({
  name: "builder/partisan",
  role: "builder",
  description: "Orders its blocks for its accomplices: theirs first, and leaves out what others send.",
  optionsSchema: Options,
  buildsShare: ({ share }) => share,
  run: (agent, { keepsOut, minimumFeeWeiPerGas }) => {
    const own = new Set([agent.account, ...agent.accomplices.map(({ account }) => account)].map(lower))
    const selectors = selectorsOf(keepsOut)
    const ransom = BigInt(minimumFeeWeiPerGas)
    const isFriend = ({ from }: PendingTransaction) => own.has(lower(from))
    const isKept = (pending: PendingTransaction) =>
      isFriend(pending) ||
      !selectors.has(pending.data.slice(0, 10) as Hex) ||
      (ransom > 0n && pending.priorityFeeWeiPerGas >= ransom)
    return (
      agent.builder?.orderBy((candidates) => {
        const place = new Map(candidates.map((candidate, index) => [candidate.hash, index]))
        return mergeSenders(candidates.filter(isKept), (a, b) => {
          if (isFriend(a) !== isFriend(b)) return isFriend(a)
          if (a.priorityFeeWeiPerGas !== b.priorityFeeWeiPerGas)
            return a.priorityFeeWeiPerGas > b.priorityFeeWeiPerGas
          return (place.get(a.hash) ?? 0) < (place.get(b.hash) ?? 0)
        })
      }) ?? Effect.void
    )
  },
})

const lower = (address: string): string => address.toLowerCase()

const selectorsOf = (target: Target | "nothing"): ReadonlySet<Hex> => {
  if (target === "nothing") return new Set()
  const names: ReadonlySet<string> = new Set(targets[target])
  const functions = [...taskContractAbi, ...resultsRewardsAbi].filter(
    (item) => item.type === "function" && names.has(item.name),
  )
  return new Set(
    functions.map((item) => toFunctionSelector(item as Parameters<typeof toFunctionSelector>[0])),
  )
}
