import type { RandomStream } from "./randomStream.ts"

type Task = () => void

const INITIAL_CAPACITY = 1024

/**
 * Tasks that are ready at the present instant, of all fibers: first in, first out, smaller priority first.
 *
 * With a `chaos` stream, tasks of one priority come out in a random order instead: a program whose outcome then
 * changes depends on an accident of order.
 */
export class ReadyQueue {
  /** Ring buffer for priority 0, which is nearly all; its length is a power of two. */
  #ring: (Task | undefined)[] = Array.from({ length: INITIAL_CAPACITY }, () => undefined)
  #head = 0
  #size = 0
  /** The rest, sorted by priority, then first in, first out. */
  #others: { readonly priority: number; readonly task: Task }[] = []
  readonly #chaos: RandomStream | undefined

  constructor(chaos: RandomStream | undefined) {
    this.#chaos = chaos
  }

  get size(): number {
    return this.#size + this.#others.length
  }

  push(task: Task, priority: number): void {
    if (priority !== 0) return this.#pushOther(task, priority)
    if (this.#size === this.#ring.length) this.#grow()
    this.#ring[(this.#head + this.#size++) & (this.#ring.length - 1)] = task
  }

  shift(): Task | undefined {
    if (this.#others.length > 0 && (this.#size === 0 || (this.#others[0]?.priority as number) < 0)) {
      return this.#shiftOther()
    }
    if (this.#size === 0) return undefined
    if (this.#chaos !== undefined) this.#swapFirst(this.#chaos.int(0, this.#size - 1))
    const task = this.#ring[this.#head]
    this.#ring[this.#head] = undefined
    this.#head = (this.#head + 1) & (this.#ring.length - 1)
    this.#size--
    return task
  }

  #swapFirst(offset: number): void {
    const other = (this.#head + offset) & (this.#ring.length - 1)
    const task = this.#ring[other]
    this.#ring[other] = this.#ring[this.#head]
    this.#ring[this.#head] = task
  }

  #grow(): void {
    const mask = this.#ring.length - 1
    this.#ring = Array.from({ length: 2 * this.#ring.length }, (_, index) =>
      index < this.#size ? this.#ring[(this.#head + index) & mask] : undefined,
    )
    this.#head = 0
  }

  #pushOther(task: Task, priority: number): void {
    let at = this.#others.length
    while (at > 0 && (this.#others[at - 1]?.priority as number) > priority) at--
    this.#others.splice(at, 0, { priority, task })
  }

  #shiftOther(): Task | undefined {
    const priority = this.#others[0]?.priority
    let alike = 1
    while (alike < this.#others.length && this.#others[alike]?.priority === priority) alike++
    const at = this.#chaos === undefined ? 0 : this.#chaos.int(0, alike - 1)
    return this.#others.splice(at, 1)[0]?.task
  }
}
