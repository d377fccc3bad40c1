import { Context, type Exit, type Fiber } from "effect"

export type AnyFiber = Fiber.Fiber<unknown, unknown>

const NONE: ReadonlySet<AnyFiber> = new Set()

/** One agent as the kernel sees it: its identity and its fibers. */
export class Agent {
  /** Counts from 0 in the order of adding. */
  readonly index: number
  readonly name: string
  readonly priority: number
  main: AnyFiber | undefined = undefined
  exit: Exit.Exit<unknown, unknown> | undefined = undefined
  #forked: Set<AnyFiber> | undefined = undefined

  constructor(index: number, name: string, priority: number) {
    this.index = index
    this.name = name
    this.priority = priority
  }

  /** Fibers that it forked and that have not ended, in the order of their first resume. Most agents never fork. */
  get forked(): ReadonlySet<AnyFiber> {
    return this.#forked ?? NONE
  }

  /** Keeps a forked fiber until it ends, then calls `onExit`. */
  adopt(fiber: AnyFiber, onExit: () => void): void {
    const forked = (this.#forked ??= new Set())
    if (forked.has(fiber)) return
    forked.add(fiber)
    fiber.addObserver(() => {
      forked.delete(fiber)
      onExit()
    })
  }
}

/** Whose fiber it is; every fiber of an agent inherits it. `undefined` on fibers of no kernel. */
export const CurrentAgent: Context.Reference<Agent | undefined> = Context.Reference<Agent | undefined>(
  "autonet/CurrentAgent",
  { defaultValue: () => undefined },
)
