import { Effect } from "effect"
import { Chain } from "../../../chain/chain.ts"
import { outcomes } from "../../mechanisms/taskCycle.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import type { Participant } from "../participant.ts"
import type { Settlement } from "./settlement.ts"
import { wouldSucceed } from "../steps/wouldSucceed.ts"

/** A task is settled as a whole, by anybody, at the first block at which nothing is left to wait for. */
export const settlementOfTasks = ({ contracts }: Participant): Settlement => {
  const { results } = contracts
  return {
    close: Effect.fnUntraced(function* (taskId, { voteRevealEnd, openingEnd }) {
      const chain = yield* Chain
      yield* chain.awaitBlock(voteRevealEnd)
      const isClosable = wouldSucceed(results.simulate.closeTask([taskId]))
      while (!(yield* isClosable) && (yield* chain.blockNumber) <= openingEnd) yield* chain.nextBlock
      yield* expectRevert(results.write.closeTask([taskId]))
    }),
    closedTasks: Effect.map(results.events.TaskClosed.subscribe, ({ take }) => ({
      take: Effect.map(take, ({ args }) => args.taskId),
    })),
    isVerified: (taskId, solver) =>
      Effect.map(results.read.outcomeOf([taskId, solver]), (outcome) => outcome === outcomes.correct),
  }
}
