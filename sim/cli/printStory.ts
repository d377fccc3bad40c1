/** The story of a run for people who read a terminal: what many do in the same block is one line. */
import { formatDecimal, formatInteger } from "../results/format.ts"
import type { RunResult } from "../results/runResult.ts"
import type { Consequence } from "../story/eventPhrases.ts"
import type { Cost, Entry } from "../story/story.ts"
import { atnText } from "../story/wording.ts"
import { alignRows, type Style } from "./terminal.ts"

const TIME_WIDTH = 9
const BLOCK_WIDTH = 6
const WHO_WIDTH = 22

export const storyHeader = (style: Style): string =>
  style.faint(
    `${"time".padStart(TIME_WIDTH)}  ${"block".padStart(BLOCK_WIDTH)}  ${"who".padEnd(WHO_WIDTH)}  what`,
  )

/** Takes entries in order and prints them; what happens at one time is held back until time goes on. */
export class StoryPrinter {
  readonly #style: Style
  readonly #print: (line: string) => void
  readonly #isShown: (entry: Entry) => boolean
  #pending: Entry[] = []

  constructor(options: {
    readonly style: Style
    readonly print: (line: string) => void
    readonly isShown: (entry: Entry) => boolean
  }) {
    this.#style = options.style
    this.#print = options.print
    this.#isShown = options.isShown
  }

  take(entries: readonly Entry[]): void {
    for (const entry of entries) {
      if (!this.#isShown(entry)) continue
      const [first] = this.#pending
      if (first !== undefined && first.timeSeconds !== entry.timeSeconds) this.end()
      this.#pending.push(entry)
    }
  }

  end(): void {
    const groups = new Map<string, Entry[]>()
    for (const entry of this.#pending) {
      const key = JSON.stringify([roleIn(entry.who), entry.text, entry.consequences])
      groups.set(key, [...(groups.get(key) ?? []), entry])
    }
    this.#pending = []
    for (const group of groups.values()) for (const line of this.#lines(group)) this.#print(line)
  }

  #lines(group: readonly Entry[]): readonly string[] {
    const [entry] = group
    if (entry === undefined) return []
    const { timeSeconds, block, text, tone, consequences } = entry
    const time = this.#style.faint(clockText(timeSeconds).padStart(TIME_WIDTH))
    const at = this.#style.faint(formatInteger(block).padStart(BLOCK_WIDTH))
    const who = this.#style.strong(namesText(group.map((each) => each.who)).padEnd(WHO_WIDTH))
    const cost = costText(group)
    const said = group.length > 1 && new Set(group.map((each) => each.who)).size > 1 ? plural(text) : text
    const what = tone === "bad" ? this.#style.bad(said) : said
    const line = `${time}  ${at}  ${who}  ${what}${cost === "" ? "" : this.#style.faint(`  ${cost}`)}`
    const margin = " ".repeat(TIME_WIDTH + BLOCK_WIDTH + WHO_WIDTH + 6)
    return [line, ...together(consequences).map((each) => `${margin}→ ${this.#consequence(each)}`)]
  }

  #consequence({ who, text, tone }: Consequence): string {
    const said = who === undefined ? text : `${who} ${text}`
    if (tone === "good") return this.#style.good(said)
    return tone === "bad" ? this.#style.bad(said) : said
  }
}

/** The same consequence for several is said once. */
function together(consequences: readonly Consequence[]): readonly Consequence[] {
  const groups = new Map<string, { names: string[]; first: Consequence }>()
  for (const each of consequences) {
    const key = `${each.text}/${each.who === undefined ? "" : roleIn(each.who)}`
    const group = groups.get(key) ?? { names: [], first: each }
    if (each.who !== undefined) group.names.push(each.who)
    groups.set(key, group)
  }
  return [...groups.values()].map(({ names, first }) => ({
    ...first,
    who: names.length === 0 ? undefined : namesText(names),
    text: new Set(names).size > 1 ? `each ${plural(first.text)}`.replace(/^each are /, "are ") : first.text,
  }))
}

const PLURALS: Readonly<Record<string, string>> = { has: "have", does: "do", is: "are" }

/** What one does, said of several: the first word is its verb. */
function plural(text: string): string {
  const [verb = ""] = text.split(" ", 1)
  return (PLURALS[verb] ?? verb.replace(/s$/, "")) + text.slice(verb.length).replaceAll(" its ", " their ")
}

const NUMBERED = /^(.*?)(-|'s account )(\d+)$/

const numberOf = (name: string): number => Number(NUMBERED.exec(name)?.[3] ?? Number.NaN)

/** What agents of one role, or accounts of one agent, have in common. */
function roleIn(name: string): string {
  const [, stem = name, joint = ""] = NUMBERED.exec(name) ?? []
  return stem + joint
}

/** `solver-1, 3, 4` for what has one role; ranges from three on: `solver-1 to 12`. */
function namesText(names: readonly string[]): string {
  const [first = ""] = names
  const numbers = [...new Set(names.map((name) => numberOf(name)))]
  if (numbers.length < 2 || numbers.some(Number.isNaN)) return first
  const runs: [number, number][] = []
  for (const number of numbers.sort((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last !== undefined && last[1] === number - 1) last[1] = number
    else runs.push([number, number])
  }
  const parts = runs.flatMap(([from, to]) =>
    to - from >= 2 ? [`${from} to ${to}`] : to > from ? [`${from}`, `${to}`] : [`${from}`],
  )
  return roleIn(first).replace(/account $/, "accounts ") + parts.join(", ")
}

function costText(group: readonly Entry[]): string {
  const costs = group.flatMap(({ cost }) => cost ?? [])
  const [first] = costs
  if (first === undefined) return ""
  const sum = costs.reduce((total, { amount }) => total + amount, 0n)
  const each = costs.every(({ amount }) => amount === first.amount)
  if (costs.length === 1) return amountText(first)
  return each ? `${amountText(first)} each` : `${amountText({ ...first, amount: sum })} together`
}

const amountText = ({ kind, amount }: Cost): string =>
  kind === "gasUnits"
    ? `${formatInteger(amount)} gas`
    : kind === "gas"
      ? `${atnText(amount)} of gas`
      : `for ${atnText(amount)}`

/** `1:02:24` since the run began; fractions of a second below it are left out. */
function clockText(seconds: number): string {
  const whole = Math.floor(seconds)
  return `${Math.floor(whole / 3600)}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`
}

const two = (value: number): string => String(value).padStart(2, "0")

/** What everybody had of it in the end, agents in the order of the result. */
export function outcomeTable(
  { agents }: RunResult,
  isShown: (name: string) => boolean,
  style: Style,
): readonly string[] {
  const rows = agents
    .filter(({ name }) => isShown(name))
    .toSorted((a, b) => (roleIn(a.name) === roleIn(b.name) ? numberOf(a.name) - numberOf(b.name) : 0))
    .map(({ name, strategy, money, slashed }) => {
      const work = BigInt(money.compute) + BigInt(money.verification) + BigInt(money.storage)
      return [name, strategy, ...[money.profit, -work, -BigInt(money.gas), slashed].map(inAtn)]
    })
  const head = ["agent", "strategy", "profit, ATN", "work, ATN", "gas, ATN", "slashed, ATN"]
  const [header = "", ...lines] = alignRows(
    [head, ...rows],
    ["left", "left", "right", "right", "right", "right"],
  )
  return [style.faint(header), ...lines]
}

const inAtn = (wei: string | bigint): string => formatDecimal(Number(wei) / 1e18, 4)
