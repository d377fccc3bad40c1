/** What the benchmark replays: transactions as they were recorded, with the gas that each of them used. */
import type { BlockEnvironment, Engine, Message } from "../../../chain/engine/engine.ts"

export interface View {
  readonly message: Message
  readonly block: BlockEnvironment
}

export interface Transaction extends View {
  readonly gasUsed: bigint
}

export interface Load {
  readonly name: string
  /** What a task's calls are. */
  readonly says: string
  readonly tasks: number
  /** Deployment, wiring, stakes, a project, first tasks: the state that the cycle starts from. */
  readonly setup: readonly Transaction[]
  readonly cycle: readonly Transaction[]
  /** Its gas depends on what `block.prevrandao` returns. */
  readonly drawsFromPrevRandao: boolean
  /** What an agent reads of that state. */
  readonly views: readonly View[]
}

export const callsPerTask = ({ cycle, tasks }: Load): number => cycle.length / tasks

/** The calls of the first so many tasks. */
export const callsOf = (load: Load, tasks: number): readonly Transaction[] =>
  load.cycle.slice(0, tasks * callsPerTask(load))

export const gasOf = (transactions: readonly Transaction[]): bigint =>
  transactions.reduce((sum, { gasUsed }) => sum + gasUsed, 0n)

export interface Recording {
  /** Records what it executes. */
  readonly engine: Engine
  /** Takes out what was recorded so far. */
  take(): { readonly transactions: readonly Transaction[]; readonly views: readonly View[] }
}

export const record = (engine: Engine): Recording => {
  const transactions: Transaction[] = []
  const views: View[] = []
  let last: BlockEnvironment | undefined
  /** All calls of a block share one object, as in a run. */
  const shared = (block: BlockEnvironment): BlockEnvironment => {
    if (last?.number !== block.number || last.timestampSeconds !== block.timestampSeconds) last = block
    return last
  }
  return {
    engine: {
      ...engine,
      transact: async (message, block) => {
        const { gasUsed, ...execution } = await engine.transact(message, block)
        transactions.push({ message, block: shared(block), gasUsed })
        return { gasUsed, ...execution }
      },
      view: (message, block) => {
        views.push({ message, block: shared(block) })
        return engine.view(message, block)
      },
    },
    take: () => ({ transactions: transactions.splice(0), views: views.splice(0) }),
  }
}
