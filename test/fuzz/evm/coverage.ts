/** What the generated programs did, measured on the reference engine. */
import { bytesToHex } from "viem"
import type { InstructionObserver } from "../../../chain/engine/ethereumjs/instructionObserver.ts"
import type { Outcome } from "./runScenario.ts"
import { SituationWatch } from "./situations.ts"

/** A program gets past so many instructions, or it shows little. */
export const longEnough = 20

type RunState = Parameters<InstructionObserver>[1]

/** Numbers that add up over chunks and workers. */
export interface Tally {
  /** Programs of which at least one instruction ran. */
  programs: number
  /** Of these, programs of which one frame got past `longEnough` instructions. */
  longPrograms: number
  /** Programs that nothing reached. They count nowhere else. */
  unreached: number
  scenarios: number
  /** By status; a halt by its reason. */
  outcomes: Record<string, number>
  /** By opcode, how often it succeeded. */
  successes: number[]
  /** By name, how often. */
  situations: Record<string, number>
}

export const emptyTally = (): Tally => ({
  programs: 0,
  longPrograms: 0,
  unreached: 0,
  scenarios: 0,
  outcomes: {},
  successes: Array.from({ length: 256 }, () => 0),
  situations: {},
})

const addCounts = (to: Record<string, number>, more: Iterable<readonly [string, number]>): void => {
  for (const [name, count] of more) to[name] = (to[name] ?? 0) + count
}

export const addTally = (to: Tally, more: Tally): void => {
  to.programs += more.programs
  to.longPrograms += more.longPrograms
  to.unreached += more.unreached
  to.scenarios += more.scenarios
  addCounts(to.outcomes, Object.entries(more.outcomes))
  addCounts(to.situations, Object.entries(more.situations))
  for (const [opcode, count] of more.successes.entries()) (to.successes[opcode] as number) += count
}

const nameOf = (outcome: Outcome): string => {
  if ("refused" in outcome) return outcome.refused === "invalid" ? "invalid transaction" : "not supported"
  return outcome.status === "halted" ? `halted: ${outcome.reason}` : outcome.status
}

/** Watches one scenario after another; what it saw counts when the scenario is kept. */
export class Coverage {
  readonly #successes = new Uint32Array(256)
  /** By depth: the frame that runs, and how many of its instructions succeeded. */
  readonly #frames: (RunState | undefined)[] = []
  readonly #counts: number[] = []
  readonly #longest = new Map<Uint8Array, number>()
  readonly #situations = new SituationWatch()

  readonly observe: InstructionObserver = (opcode, frame) => {
    ;(this.#successes[opcode] as number)++
    this.#situations.see(opcode, frame)
    const { depth } = frame.env
    if (this.#frames[depth] !== frame) {
      this.#finish(depth)
      this.#frames[depth] = frame
      this.#counts[depth] = 0
    }
    ;(this.#counts[depth] as number)++
  }

  #finish(depth: number): void {
    const frame = this.#frames[depth]
    if (frame === undefined) return
    const code = frame.code
    this.#longest.set(code, Math.max(this.#longest.get(code) ?? 0, this.#counts[depth] as number))
    this.#frames[depth] = undefined
  }

  forget(): void {
    this.#successes.fill(0)
    this.#frames.length = 0
    this.#longest.clear()
    this.#situations.forget()
  }

  /** Adds what was seen since the last time, for a scenario of these programs. */
  keep(tally: Tally, programs: readonly string[], outcomes: readonly Outcome[]): void {
    for (const depth of this.#frames.keys()) this.#finish(depth)
    const longest = new Map<string, number>()
    for (const [code, count] of this.#longest) {
      const hex = bytesToHex(code)
      longest.set(hex, Math.max(longest.get(hex) ?? 0, count))
    }
    for (const program of programs) {
      const instructions = longest.get(program) ?? 0
      if (instructions === 0) tally.unreached++
      else tally.programs++
      if (instructions > longEnough) tally.longPrograms++
    }
    tally.scenarios++
    addCounts(
      tally.outcomes,
      outcomes.map((outcome) => [nameOf(outcome), 1]),
    )
    addCounts(tally.situations, this.#situations.counts)
    for (const [opcode, count] of this.#successes.entries()) (tally.successes[opcode] as number) += count
    this.forget()
  }
}
