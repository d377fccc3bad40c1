/**
 * Watches the mempool for commitments to solutions and commits to the same, ahead of or behind the one who worked; when
 * that one reveals, it reveals the same, if the contract believes it.
 */
import { Effect, Schema } from "effect"
import { decodeFunctionData, type Address, type Hex } from "viem"
import { Chain } from "../../../chain/chain.ts"
import type { PendingTransaction } from "../../../chain/transaction.ts"
import type { Agent } from "../agent.ts"
import { priorityFeeOf } from "../priorityFee.ts"
import { forEachEvent } from "../steps/awaitEvent.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { stakeAs } from "../steps/join.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"

const Options = Schema.Struct({
  accounts: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 8 })).pipe(
    withDefault(2, "Solver accounts, each with the least stake: as many copies can be open at a time."),
  ),
  copiesPerTask: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 8 })).pipe(
    withDefault(2, "Most commitments that it copies of one task."),
  ),
  leadSeconds: Schema.Finite.check(Schema.isBetween({ minimum: 0.1, maximum: 60 })).pipe(
    withDefault(3, "Seconds before a block at which it looks into the mempool."),
  ),
  priorityFee: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1000 })).pipe(
    withDefault(1, "Priority fee of its copies, in thousandths of an ATN per million gas."),
  ),
})
type Options = typeof Options.Type

/** A commitment of somebody else's under a name of one's own. */
interface Copy {
  readonly taskId: bigint
  readonly from: Address
  readonly account: Address
  isRevealed: boolean
}

interface State {
  readonly copies: Copy[]
  /** Transactions that were looked at. */
  readonly seen: Set<Hex>
  /** Tasks that are still open. */
  watched: number
}

export const commitmentCopier = defineStrategy({
  name: "outsider/commitmentCopier",
  role: "outsider",
  description: "Copies commitments of solvers out of the mempool, and their reveals.",
  optionsSchema: Options,
  extraAccounts: ({ accounts }) => accounts,
  run: Effect.fnUntraced(function* (agent, options) {
    const chain = yield* Chain
    yield* Effect.forEach(
      agent.extraAccounts,
      (account) => agent.as(account, stakeAs(agent, "solver", agent.extraStakeWei)),
      { concurrency: "unbounded", discard: true },
    )
    const state: State = { copies: [], seen: new Set(), watched: 0 }
    yield* forEachEvent(agent.contracts.tasks.events.TaskProposed, ({ taskId }) =>
      Effect.gen(function* () {
        const { solutionEnd } = yield* agent.protocol.timetable.of(taskId)
        state.watched += 1
        // One look a block serves all tasks.
        if (state.watched === 1) yield* Effect.forkScoped(watch(agent, options, state))
        yield* chain.awaitBlock(solutionEnd)
        state.watched -= 1
      }),
    )
  }),
})

/** Looks into the mempool shortly before every block, as long as any task is open. */
const watch = Effect.fnUntraced(function* (agent: Agent, options: Options, state: State) {
  const chain = yield* Chain
  while (state.watched > 0) {
    const block = yield* chain.nextBlock
    const blockSeconds = Number(chain.timestampOf(block + 1n) - chain.timestampOf(block))
    yield* Effect.sleep(`${Math.max(1, Math.round((blockSeconds - options.leadSeconds) * 1000))} millis`)
    for (const pending of yield* chain.pending) {
      if (state.seen.has(pending.hash)) continue
      state.seen.add(pending.hash)
      const acting = copyOf(agent, options, state, pending)
      if (acting !== undefined) yield* Effect.forkScoped(Effect.orDie(acting))
    }
  }
})

/** What it does about a transaction of somebody else's; undefined = nothing. */
const copyOf = (agent: Agent, options: Options, state: State, { from, to, data }: PendingTransaction) => {
  const { tasks, results } = agent.contracts
  const own = agent.extraAccounts
  if (to === null || own.includes(from)) return undefined
  const fee = priorityFeeOf(options.priorityFee)
  const call = callOf(to === tasks.address ? tasks.abi : to === results.address ? results.abi : [], data)
  if (call?.functionName === "commitSolution") {
    const [taskId, commitment] = call.args as readonly [bigint, Hex]
    const copied = state.copies.filter((copy) => copy.taskId === taskId)
    if (copied.length >= options.copiesPerTask) return undefined
    const account = own.find((candidate) => copied.every((copy) => copy.account !== candidate))
    if (account === undefined) return undefined
    state.copies.push({ taskId, from, account, isRevealed: false })
    return agent.as(account, expectRevert(tasks.write.commitSolution([taskId, commitment], fee)))
  }
  if (call?.functionName === "revealSaltedSolution" || call?.functionName === "revealSolution") {
    const [taskId, cid, salt] = call.args as readonly [bigint, string, Hex | undefined]
    const copy = state.copies.find((each) => each.taskId === taskId && each.from === from && !each.isRevealed)
    if (copy === undefined) return undefined
    copy.isRevealed = true
    return agent.as(
      copy.account,
      expectRevert(
        salt === undefined
          ? results.write.revealSolution([taskId, cid], fee)
          : results.write.revealSaltedSolution([taskId, cid, salt], fee),
      ),
    )
  }
  return undefined
}

type AnyAbi = Parameters<typeof decodeFunctionData>[0]["abi"]

/** The call that the data make; undefined where the contract knows no such function. */
const callOf = (abi: AnyAbi, data: Hex) => {
  try {
    return decodeFunctionData({ abi, data }) as { functionName: string; args: readonly unknown[] }
  } catch {
    return undefined
  }
}
