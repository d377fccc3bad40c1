/** The life of a validator around its verdicts: stake, watch for juries that it is drawn for, commit, reveal, close. */
import { Effect } from "effect"
import type { Address } from "viem"
import { Chain } from "../../../chain/chain.ts"
import type { Agent } from "../agent.ts"
import { readMotion, type Motion } from "../government/motion.ts"
import { randomBytes32 } from "../steps/draw.ts"
import { expectRevert } from "../steps/expectRevert.ts"
import { forEachEvent } from "../steps/awaitEvent.ts"
import { stakeAs, topUpStake } from "../steps/join.ts"

/** What a juror says: a confidence of 0 to 100. */
export interface Verdict {
  readonly approves: boolean
  readonly confidence: number
}

/** Stakes, then gives the verdict that `judge` comes to on each amendment whose jury it sits on; undefined is silence. */
export const sitOnJuries = <E, R>(
  agent: Agent,
  judge: (motion: Motion) => Effect.Effect<Verdict | undefined, E, R>,
) =>
  Effect.gen(function* () {
    yield* stakeAs(agent, "validator", agent.stakeWei)
    yield* answerJuries(agent, judge)
  })

/** `sitOnJuries` of whoever has staked already. */
export const answerJuries = <E, R>(
  agent: Agent,
  judge: (motion: Motion) => Effect.Effect<Verdict | undefined, E, R>,
) =>
  Effect.gen(function* () {
    const { constitution, dao } = agent.contracts
    if (constitution === undefined || dao === undefined) return
    yield* Effect.forkScoped(drawJuries(agent))
    yield* forEachEvent(constitution.events.JuryDrawn, ({ juryId, jurors }) =>
      Effect.gen(function* () {
        if (!isAmong(jurors, agent.account)) return
        const opened = (yield* constitution.events.JuryOpened.past()).find(
          ({ args }) => args.juryId === juryId,
        )
        if (opened === undefined) return
        const motion = yield* readMotion(dao, opened.args.proposalId)
        const verdict = yield* judge(motion)
        if (verdict !== undefined) yield* deliver(agent, juryId, verdict)
        yield* close(agent, juryId)
      }),
    )
  })

/** Has every jury drawn once its votes are open: whoever comes first pays, and silence on it helps nobody. */
const drawJuries = Effect.fnUntraced(function* (agent: Agent) {
  const { constitution } = agent.contracts
  if (constitution === undefined) return
  const chain = yield* Chain
  yield* forEachEvent(constitution.events.JuryOpened, ({ juryId }) =>
    Effect.gen(function* () {
      const { startBlock } = yield* constitution.read.juryOf([juryId])
      // Validators take turns by their place, so that not all pay for the same.
      yield* chain.awaitBlock(BigInt(startBlock) + BigInt(agent.index))
      if ((yield* constitution.read.juryOf([juryId])).drawn) return
      yield* expectRevert(constitution.write.drawJury([juryId]))
    }),
  )
})

const deliver = Effect.fnUntraced(function* (agent: Agent, juryId: bigint, verdict: Verdict) {
  const { constitution } = agent.contracts
  if (constitution === undefined) return
  const chain = yield* Chain
  const salt = yield* randomBytes32
  const { approves, confidence } = verdict
  const said = [approves, BigInt(confidence), NO_REPORT, salt] as const
  const commitment = yield* constitution.read.verdictCommitmentFor([juryId, agent.account, ...said])
  yield* expectRevert(constitution.write.commitVerdict([juryId, commitment]))
  yield* chain.awaitBlock(BigInt((yield* constitution.read.juryOf([juryId])).commitEnd))
  yield* expectRevert(constitution.write.revealVerdict([juryId, ...said]))
})

/** After the reveals somebody closes the jury, which pays and fines; then a fined juror tops up. */
const close = Effect.fnUntraced(function* (agent: Agent, juryId: bigint) {
  const { constitution } = agent.contracts
  if (constitution === undefined) return
  const chain = yield* Chain
  const { revealEnd } = yield* constitution.read.juryOf([juryId])
  yield* chain.awaitBlock(BigInt(revealEnd) + BigInt(agent.index))
  if (!(yield* constitution.read.juryOf([juryId])).closed) {
    yield* expectRevert(constitution.write.closeJury([juryId]))
  }
  yield* topUpStake(agent)
})

const NO_REPORT = ""

const isAmong = (accounts: readonly Address[], account: Address): boolean =>
  accounts.some((each) => each.toLowerCase() === account.toLowerCase())
