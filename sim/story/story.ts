/** The story of a run, from its trace: who did what, when, and what it cost. */
import { decodeEventLog, decodeFunctionData, type AbiEvent, type AbiFunction, type Hex } from "viem"
import { errorTableOf, revertReasonOf } from "../../chain/revertReason.ts"
import type { Receipt as ChainReceipt } from "../../chain/transaction.ts"
import type { TraceEvent } from "../kernel/trace.ts"
import { microsToSeconds } from "../kernel/time.ts"
import { formatPercent } from "../results/format.ts"
import { callPhrases } from "./callPhrases.ts"
import { eventPhrases, outcomePhrase, type Consequence } from "./eventPhrases.ts"
import type { NamedContract, RunNames } from "./runNames.ts"
import { notePhrase } from "./notePhrases.ts"
import { wordingFor, type Args, type Wording } from "./wording.ts"

/** Something that somebody did, or that happened to the run. */
export interface Entry {
  readonly timeSeconds: number
  /** The latest block by then. */
  readonly block: number
  readonly who: string
  readonly text: string
  /** What it cost; undefined where it cost nothing. */
  readonly cost: Cost | undefined
  readonly tone: Consequence["tone"]
  readonly consequences: readonly Consequence[]
}

/** `work` and `gas` in wei of ATN; `gasUnits` where gas has no price. */
export interface Cost {
  readonly kind: "work" | "gas" | "gasUnits"
  readonly amount: bigint
}

export interface StoryOptions {
  readonly names: RunNames
  readonly blockSeconds: number
  /** Price of gas in wei of ATN; 0 = gas is told in units. */
  readonly gasWeiPerGas: bigint
  /** Gets every entry, in order. */
  readonly tell: (entry: Entry) => void
}

interface Request {
  readonly to: string | null
  readonly data: Hex
}

type Receipt = Omit<ChainReceipt, "logs">

interface Log {
  readonly address: string
  readonly data: Hex
  readonly topics: readonly Hex[]
}

interface Decoded {
  readonly contract: NamedContract
  readonly name: string
  readonly args: Args
  readonly item: AbiFunction | AbiEvent
}

/** Returns what takes the trace's events in; `end` tells what is still held back. */
export const createStory = (options: StoryOptions) => {
  const { names, tell } = options
  const wording = wordingFor(names)
  const requests = new Map<string, Request>()
  const errors = [...names.contracts.values()].map(({ abi }) => errorTableOf(abi))
  let open: { readonly time: number; readonly receipt: Receipt; readonly logs: Log[] } | undefined

  const entry = (time: number, who: string, text: string, rest: Partial<Entry> = {}): Entry => {
    const timeSeconds = microsToSeconds(time)
    const block = Math.floor(timeSeconds / options.blockSeconds)
    return { timeSeconds, block, who, text, cost: undefined, tone: "plain", consequences: [], ...rest }
  }

  const close = (): void => {
    if (open === undefined) return
    const { time, receipt, logs } = open
    open = undefined
    const request = requests.get(receipt.transactionHash)
    const call = request === undefined ? undefined : decodeCall(names, request)
    const said = call === undefined ? createsOrSends(request, wording) : sayCall(call, wording)
    const failed = receipt.status !== "success"
    const text = failed
      ? `${said}: refused (${revertReasonOf({ ...receipt, logs: [] }, ...errors).reason})`
      : said
    const events = logs.flatMap((log) => decodeLog(names, log) ?? [])
    tell(
      entry(time, wording.name(receipt.from), text, {
        cost: gasCost(BigInt(receipt.gasUsed), options.gasWeiPerGas),
        tone: failed ? "bad" : "plain",
        consequences: consequencesOf(events, call?.name, names, wording).map((each) =>
          each.who === wording.name(receipt.from) ? { ...each, who: "it" } : each,
        ),
      }),
    )
  }

  const take = ({ time, source, kind, data }: TraceEvent): void => {
    if (source === "chain" && kind === "log") return void open?.logs.push(data as Log)
    close()
    const say = (text: string, rest: Partial<Entry> = {}) => tell(entry(time, source, text, rest))
    switch (kind) {
      case "transaction":
        return void requests.set((data as { hash: string }).hash, data as Request)
      case "receipt":
        return void (open = { time, receipt: data as Receipt, logs: [] })
      case "cost": {
        const { agent, kind: what, wei } = data as { agent: string; kind: string; wei: bigint }
        const cost: Cost = { kind: "work", amount: BigInt(wei) }
        return tell(entry(time, agent, WORK[what] ?? `pays for ${what}`, { cost }))
      }
      case "log":
        return say(`says: ${(data as { text: string }).text}`)
      case "lost":
        return say("sends a transaction that the network loses", { tone: "bad" })
      case "dropped":
        return say(`drops a transaction: ${String((data as { reason: unknown }).reason)}`, { tone: "bad" })
      case "violation": {
        const { invariant, message } = data as { invariant: string; message: string }
        return say(`the invariant ${invariant} is broken: ${message}`, { tone: "bad" })
      }
      case "metric":
        return publication(data, (text) => tell(entry(time, "observer", text)))
      case "reverted":
        // The refused transaction has been told already.
        return
      default:
        if (!SILENT.has(kind)) say(notePhrase(kind, data, wording))
    }
  }

  return { take, end: close }
}

export type Story = ReturnType<typeof createStory>

const WORK: Readonly<Record<string, string>> = {
  compute: "trains",
  verification: "evaluates a model",
  storage: "pays for storage",
}

/** What is no act: bookkeeping of the kernel and of the chain. */
const SILENT: ReadonlySet<string> = new Set(["block", "end", "stream"])

const publication = (data: unknown, say: (text: string) => void): void => {
  const { round, accuracy } = data as { round?: number; accuracy?: number }
  if (round === undefined || accuracy === undefined) return
  const model = round === 0 ? "the initial model" : `the global model of round ${round}`
  say(`measures ${model}: accuracy ${formatPercent(accuracy)}`)
}

const gasCost = (gas: bigint, price: bigint): Cost =>
  price === 0n ? { kind: "gasUnits", amount: gas } : { kind: "gas", amount: gas * price }

const decodeCall = ({ contracts }: RunNames, { to, data }: Request): Decoded | undefined => {
  const contract = to === null ? undefined : contracts.get(to.toLowerCase())
  if (contract === undefined) return undefined
  try {
    const { functionName, args = [] } = decodeFunctionData({ abi: contract.abi, data })
    const item = contract.abi.find(
      (each): each is AbiFunction =>
        each.type === "function" && each.name === functionName && each.inputs.length === args.length,
    )
    if (item === undefined) return undefined
    const entries = item.inputs.map(({ name }, index) => [name ?? String(index), args[index]])
    return { contract, name: functionName, args: Object.fromEntries(entries) as Args, item }
  } catch {
    return undefined
  }
}

const decodeLog = ({ contracts }: RunNames, { address, data, topics }: Log): Decoded | undefined => {
  const contract = contracts.get(address.toLowerCase())
  if (contract === undefined) return undefined
  try {
    const decoded = decodeEventLog({ abi: contract.abi, data, topics: topics as [Hex, ...Hex[]] })
    const { eventName, args } = decoded as unknown as { eventName: string; args?: Args }
    const item = contract.abi.find(
      (each): each is AbiEvent => each.type === "event" && each.name === eventName,
    )
    return item === undefined ? undefined : { contract, name: eventName, args: args ?? {}, item }
  } catch {
    return undefined
  }
}

const sayCall = ({ contract, name, args, item }: Decoded, wording: Wording): string =>
  callPhrases[name]?.(args, wording) ?? `calls ${contract.name}.${name}${inBrackets(item, args, wording)}`

const inBrackets = (item: AbiFunction | AbiEvent, args: Args, wording: Wording): string => {
  const parts = item.inputs.map(
    ({ name = "", ...type }) => `${name}: ${wording.value({ name, ...type }, args[name])}`,
  )
  return `(${parts.join(", ")})`
}

const createsOrSends = (request: Request | undefined, { name }: Wording): string =>
  request === undefined || request.to === null ? "creates a contract" : `calls ${name(request.to)}`

/** Calls of which the sender's own payment is the point, and said. */
const PAYING: ReadonlySet<string> = new Set(["stake", "addToStake", "transfer", "unstake", "withdrawRevenue"])

const consequencesOf = (
  events: readonly Decoded[],
  call: string | undefined,
  names: RunNames,
  wording: Wording,
): readonly Consequence[] => {
  const decided = new Set(
    events.filter(({ name }) => name === "YumaConsensusReached").map(({ args }) => String(args["solver"])),
  )
  const told = events.flatMap((event) => {
    const { name, args } = event
    if (name === "RewardsDistributed") return []
    if (name === "SubmissionFinalised")
      return decided.has(String(args["solver"])) ? [] : [outcomePhrase(args, wording)]
    const phrase = eventPhrases[name]
    if (phrase !== undefined) return phrase(args, wording) ?? []
    return [
      { who: undefined, text: `${name}${inBrackets(event.item, args, wording)}`, tone: "plain" as const },
    ]
  })
  const rewards = rewardsOf(events, wording)
  if (call !== undefined && PAYING.has(call)) return [...told, ...rewards]
  return [...told, ...rewards, ...paymentsOf(events, names, wording)]
}

/** Rewards of one kind to one agent are one sum. */
const rewardsOf = (events: readonly Decoded[], { name, atn }: Wording): readonly Consequence[] => {
  const sums = new Map<string, { who: string; type: string; amount: bigint }>()
  for (const { name: event, args } of events) {
    if (event !== "RewardsDistributed") continue
    const [who, type] = [name(args["recipient"]), String(args["rewardType"])]
    const key = `${who}/${type}`
    const amount = (sums.get(key)?.amount ?? 0n) + (args["amount"] as bigint)
    sums.set(key, { who, type, amount })
  }
  return [...sums.values()].map(({ who, type, amount }) => ({
    who,
    text: `gets ${atn(amount)} as reward (${type})`,
    tone: "good" as const,
  }))
}

/** Events that say of an amount who gets or loses it. */
const AMOUNTS: Readonly<Record<string, readonly [who: string, amount: string]>> = {
  RewardsDistributed: ["recipient", "amount"],
  GlobalModelPublished: ["publisher", "reward"],
  ForcedErrorCaught: ["catcher", "jackpotAwarded"],
  RevenueWithdrawn: ["shareholder", "amount"],
  Unstaked: ["participant", "amount"],
}

/** ATN that changed hands and that no other event explains. */
const paymentsOf = (events: readonly Decoded[], { accounts }: RunNames, { name, atn }: Wording) => {
  const net = new Map<string, bigint>()
  const book = (address: unknown, amount: bigint) => {
    if (!accounts.has(String(address).toLowerCase())) return
    const who = name(address)
    net.set(who, (net.get(who) ?? 0n) + amount)
  }
  for (const { contract, name: event, args } of events) {
    if (event === "Transfer" && contract.name === "ATNToken") {
      book(args["from"], -(args["value"] as bigint))
      book(args["to"], args["value"] as bigint)
    }
    const explained = AMOUNTS[event]
    if (explained !== undefined) book(args[explained[0]], -(args[explained[1]] as bigint))
  }
  // A reward that is put down for later leaves a debt here, which is no payment.
  const rewarded = new Set(
    events.flatMap(({ name: event, args }) =>
      AMOUNTS[event] === undefined ? [] : name(args[AMOUNTS[event][0]]),
    ),
  )
  return [...net].flatMap(([who, amount]): readonly Consequence[] => {
    if (amount === 0n || (amount < 0n && rewarded.has(who))) return []
    return amount > 0n
      ? [{ who, text: `receives ${atn(amount)}`, tone: "good" }]
      : [{ who, text: `pays ${atn(-amount)}`, tone: "plain" }]
  })
}
