/** Values of the chain in words: names for addresses, ATN for wei, short forms of what nobody reads. */
import type { AbiParameter } from "abitype"
import { maxUint256 } from "viem"
import { formatInteger } from "../results/format.ts"
import type { RunNames } from "./runNames.ts"

/** Arguments of a call or an event, by name. */
export type Args = Readonly<Record<string, unknown>>

export interface Wording {
  readonly name: (address: unknown) => string
  readonly atn: (wei: unknown) => string
  /** A value of any type, as well as its name and type tell. */
  readonly value: (parameter: AbiParameter, value: unknown) => string
}

export const wordingFor = ({ accounts, contracts }: RunNames): Wording => {
  const name = (address: unknown): string => {
    const key = String(address).toLowerCase()
    if (/^0x0*$/.test(key)) return "nobody"
    return accounts.get(key) ?? contracts.get(key)?.name ?? short(String(address))
  }
  const value = (parameter: AbiParameter, given: unknown): string => {
    if (Array.isArray(given)) {
      const item = { ...parameter, type: parameter.type.replace(/\[\d*\]$/, "") }
      return `[${given.map((each) => value(item, each)).join(", ")}]`
    }
    if (parameter.type === "address") return name(given)
    if (typeof given === "bigint") {
      return isMoney(parameter.name ?? "", given) ? atnText(given) : formatInteger(given)
    }
    if (typeof given === "object" && given !== null) return short(JSON.stringify(given, bigintsAsText))
    return typeof given === "string" ? short(given) : String(given)
  }
  return { name, atn: (wei) => atnText(BigInt(wei as bigint)), value }
}

const bigintsAsText = (_key: string, value: unknown): unknown =>
  typeof value === "bigint" ? value.toString() : value

const MONEY = /amount|price|fee|reward|stake|bond|jackpot|balance|value|paid|capital|budget|slash/i
const DUST = 10n ** 12n

const isMoney = (name: string, value: bigint): boolean => MONEY.test(name) && value >= DUST

const LONGEST = 20

const short = (text: string): string =>
  text.length <= LONGEST ? text : `${text.slice(0, text.startsWith("0x") ? 10 : 16)}…`

const WEI_PER_ATN = 10n ** 18n

/** Four decimals, or as many as show that it is not nothing; `any amount` for the largest number. */
export const atnText = (wei: bigint): string => {
  if (wei === maxUint256) return "any amount of ATN"
  const size = wei < 0n ? -wei : wei
  const sign = wei < 0n ? "−" : ""
  const whole = formatInteger(size / WEI_PER_ATN)
  const digits = (size % WEI_PER_ATN).toString().padStart(18, "0")
  const first = digits.search(/[1-9]/)
  if (first < 0) return `${sign}${whole} ATN`
  if (size < WEI_PER_ATN && first >= 6) return `${sign}${formatInteger(size)} wei`
  const decimals = size >= WEI_PER_ATN ? 4 : Math.max(4, first + 2)
  const fraction = digits.slice(0, decimals).replace(/0+$/, "")
  return fraction === "" ? `${sign}${whole} ATN` : `${sign}${whole}.${fraction} ATN`
}
