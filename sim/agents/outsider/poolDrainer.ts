/** Tries to withdraw from the contract that holds all projects' ATN more than is its own. */
import { Effect, Schema } from "effect"
import { maxUint256, type Address } from "viem"
import { Chain } from "../../../chain/chain.ts"
import type { Agent } from "../agent.ts"
import { weiOf } from "../weiOf.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { foundOwnProject } from "../steps/ownProject.ts"
import { defineStrategy } from "../strategy.ts"
import { withDefault } from "../strategyOptions.ts"

const Options = Schema.Struct({
  route: Schema.Literals(["ownProject", "again", "passOn", "disburse"]).pipe(
    withDefault(
      "ownProject",
      "How: as holder of a project of its own; by withdrawing a small holder's revenue again and again; by passing its tokens on to accounts that withdraw too; by having the budget paid to itself.",
    ),
  ),
  amountAtn: Schema.Finite.check(Schema.isBetween({ minimum: 0.001, maximum: 1_000_000 })).pipe(
    withDefault(
      1,
      "Tokens that it mints for its own project, ATN that it buys tokens for, or ATN of the budget that it asks for.",
    ),
  ),
  accounts: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 32 })).pipe(
    withDefault(4, "Accounts that tokens are passed on to."),
  ),
  times: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 100 })).pipe(
    withDefault(3, "How often it withdraws."),
  ),
  everyBlocks: Schema.Int.check(Schema.isBetween({ minimum: 1, maximum: 10_000 })).pipe(
    withDefault(20, "Blocks that it waits before each time."),
  ),
})
type Options = typeof Options.Type

export const poolDrainer = defineStrategy({
  name: "outsider/poolDrainer",
  role: "outsider",
  description: "Withdraws, or has itself paid, what other projects and token holders own.",
  optionsSchema: Options,
  extraAccounts: ({ route, accounts }) => (route === "passOn" ? accounts : 0),
  run: (agent, options) => routes[options.route](agent, options),
})

const pause = Effect.fnUntraced(function* ({ everyBlocks }: Options) {
  const chain = yield* Chain
  yield* chain.awaitBlock((yield* chain.blockNumber) + BigInt(everyBlocks))
})

/** All tokens of a worthless project, which is then worth what the contract holds, if anybody believes that. */
const ownProject = Effect.fnUntraced(function* (agent: Agent, options: Options) {
  const { project } = agent.contracts
  const projectId = yield* foundOwnProject(agent, { tokensWei: weiOf(options.amountAtn) })
  if (projectId === undefined) return
  yield* expectRevert(project.write.setMatureModel([projectId, agent.plan.initialModel, 0n]))
  for (let time = 0; time < options.times; time++) {
    yield* pause(options)
    yield* expectRevert(project.write.withdrawRevenue([projectId]))
  }
})

const buyTokens = Effect.fnUntraced(function* (agent: Agent, { amountAtn }: Options) {
  const { token, project } = agent.contracts
  yield* token.write.approve([project.address, maxUint256])
  yield* expectRevert(project.write.fundProject([agent.plan.projectId, weiOf(amountAtn), 0n]))
})

/** The first revenue that the account could withdraw. */
const awaitRevenue = Effect.fnUntraced(function* (agent: Agent, options: Options) {
  const { project } = agent.contracts
  const { projectId } = agent.plan
  do yield* pause(options)
  while ((yield* project.read.withdrawableRevenue([projectId, agent.account])) === 0n)
})

const again = Effect.fnUntraced(function* (agent: Agent, options: Options) {
  const { project } = agent.contracts
  const { projectId } = agent.plan
  yield* buyTokens(agent, options)
  yield* awaitRevenue(agent, options)
  for (let time = 0; time < options.times; time++) {
    yield* pause(options)
    yield* expectRevert(project.write.withdrawRevenue([projectId]))
  }
})

/** Each account hands the tokens on once it has withdrawn; the last one gives them back. */
const passOn = Effect.fnUntraced(function* (agent: Agent, options: Options) {
  const { project, projectToken } = agent.contracts
  const { projectId } = agent.plan
  yield* buyTokens(agent, options)
  const circle: readonly Address[] = [agent.account, ...agent.extraAccounts]
  for (let time = 0; time < options.times; time++) {
    yield* awaitRevenue(agent, options)
    for (const [place, holder] of circle.entries()) {
      const next = circle[(place + 1) % circle.length] ?? agent.account
      const turn = Effect.gen(function* () {
        yield* expectRevert(project.write.withdrawRevenue([projectId]))
        const held = yield* projectToken.read.balanceOf([holder])
        if (held > 0n) yield* expectRevert(projectToken.write.transfer([next, held]))
      })
      yield* agent.as(holder, turn)
    }
  }
})

const disburse = Effect.fnUntraced(function* (agent: Agent, options: Options) {
  const { project } = agent.contracts
  const { projectId } = agent.plan
  for (let time = 0; time < options.times; time++) {
    yield* pause(options)
    const amount = weiOf(options.amountAtn)
    yield* expectRevert(project.write.disburseFromBudget([projectId, agent.account, amount]))
  }
})

const routes = { ownProject, again, passOn, disburse }
