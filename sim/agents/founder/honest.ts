/**
 * Keeps the project of the run, if it is the one that founded it: allocates what backers pay in, says who may spend it,
 * deploys the trained model, answers what users ask, and takes out its own share of the revenue.
 */
import { Effect, Schema } from "effect"
import { maxUint256 } from "viem"
import { Chain } from "../../../chain/chain.ts"
import { roleNumbers } from "../../mechanisms/staking.ts"
import type { Agent } from "../agent.ts"
import { labelByModel, serveInference } from "../inference/serveInference.ts"
import { withdrawRegularly } from "../inference/withdrawRegularly.ts"
import { weiOf } from "../weiOf.ts"
import { forEachEvent } from "../steps/awaitEvent.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { awaitGlobalModel } from "../steps/globalModel.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"

const blocks = Schema.Int.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 }))

const Options = Schema.Struct({
  taskCapAtn: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 })).pipe(
    withDefault(
      0,
      "Most that a task of anybody may cost, in ATN, in place of trust in named proposers; 0 = trust, without a cap.",
    ),
  ),
  investAtn: Schema.Finite.check(Schema.isBetween({ minimum: 0, maximum: 1_000_000 })).pipe(
    withDefault(0, "ATN for which it buys tokens of its own project, at the project's price."),
  ),
  cautionBlocks: blocks.pipe(
    withDefault(105, "Blocks between the last round and the deployment: time to dispute its model."),
  ),
  withdrawEveryBlocks: blocks
    .check(Schema.isGreaterThan(0))
    .pipe(withDefault(300, "Blocks between its withdrawals of revenue.")),
})
type Options = typeof Options.Type

export const honestFounder = defineStrategy({
  name: "founder/honest",
  role: "founder",
  description:
    "Keeps the run's project: budget, consent, deployment, answers to users, its share of revenue.",
  optionsSchema: Options,
  run: Effect.fnUntraced(function* (agent, options) {
    if (agent.index > 0) return
    const { project, token } = agent.contracts
    const { projectId } = agent.plan
    yield* token.write.approve([project.address, maxUint256])
    yield* Effect.all(
      [
        allocateFunding(agent),
        options.taskCapAtn > 0 ? capTasks(agent, weiOf(options.taskCapAtn)) : Effect.void,
        invest(agent, weiOf(options.investAtn)),
        deployAndServe(agent, options),
        withdrawRegularly(agent, projectId, options.withdrawEveryBlocks),
      ],
      { concurrency: "unbounded", discard: true },
    )
  }),
})

/** What others pay in becomes budget for tasks. */
const allocateFunding = ({ contracts, plan, account }: Agent) =>
  forEachEvent(contracts.project.events.ProjectFunded, ({ projectId, funder, atnAmount }) =>
    projectId === plan.projectId && funder !== account && atnAmount > 0n
      ? expectRevert(contracts.project.write.allocateTaskBudget([projectId, atnAmount]))
      : Effect.void,
  )

/** Everybody may propose up to the cap, and nobody beyond it: trust that was given is taken back. */
const capTasks = Effect.fnUntraced(function* ({ contracts, plan }: Agent, capWei: bigint) {
  const { project, staking } = contracts
  const { projectId } = plan
  yield* expectRevert(project.write.setOpenProposals([projectId, true, capWei]))
  const distrust = ({ participant, role }: { participant: `0x${string}`; role: number }) =>
    Effect.gen(function* () {
      if (role !== roleNumbers.proposer) return
      if (!(yield* project.read.allowedProposers([projectId, participant]))) return
      yield* expectRevert(project.write.setProposerAllowed([projectId, participant, false]))
    })
  const known = yield* staking.events.Staked.past()
  for (const { args } of known) yield* distrust(args)
  yield* forEachEvent(staking.events.Staked, distrust)
})

const invest = Effect.fnUntraced(function* ({ contracts, plan }: Agent, amountWei: bigint) {
  if (amountWei === 0n) return
  yield* expectRevert(contracts.project.write.fundProject([plan.projectId, amountWei, 0n]))
})

/** The model of the last round, at the price of the plan. */
const deployAndServe = Effect.fnUntraced(function* (agent: Agent, { cautionBlocks }: Options) {
  const chain = yield* Chain
  const { projectId, rounds, inferencePriceWei } = agent.plan
  const { cid, weights } = yield* awaitGlobalModel(agent, rounds)
  yield* chain.awaitBlock((yield* chain.blockNumber) + BigInt(cautionBlocks))
  yield* expectRevert(agent.contracts.project.write.setMatureModel([projectId, cid, inferencePriceWei]))
  yield* serveInference(agent, projectId, (example) => labelByModel(agent, weights, example))
})
