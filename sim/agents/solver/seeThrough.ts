import { Effect } from "effect"
import { Chain } from "../../../chain/chain.ts"
import type { Agent } from "../agent.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { wouldSucceed } from "../steps/wouldSucceed.ts"

/** Blocks that a proposer is given to do its part; solvers then take turns, so that one call is enough. */
const GRACE_BLOCKS = 2n
const TURNS = 8

/**
 * Does what a proposer leaves undone on a task that the agent has worked for, so that it is paid: draws the panel, and
 * closes the task. Anybody may; where the contracts know no such call, or it is done, it costs nothing.
 */
export const seeThrough = Effect.fnUntraced(function* (agent: Agent, taskId: bigint) {
  const { results } = agent.contracts
  const chain = yield* Chain
  const { solutionEnd, openingEnd } = yield* agent.protocol.timetable.of(taskId)
  const turn = GRACE_BLOCKS + BigInt(agent.index % TURNS)
  yield* chain.awaitBlock(solutionEnd + turn)
  if (yield* wouldSucceed(results.simulate.drawPanel([taskId]))) {
    yield* expectRevert(results.write.drawPanel([taskId]))
  }
  yield* chain.awaitBlock(openingEnd + turn)
  if (yield* wouldSucceed(results.simulate.closeTask([taskId]))) {
    yield* expectRevert(results.write.closeTask([taskId]))
  }
})
