import type { Receipt } from "./transaction.ts"

/** What a sender's transactions have cost so far. */
export interface GasAccount {
  /** Units of gas, reverted transactions included. */
  readonly gasUsed: bigint
  /** ATN wei owed to block builders. */
  readonly priorityFeesWei: bigint
  readonly transactions: number
}

const nothing: GasAccount = { gasUsed: 0n, priorityFeesWei: 0n, transactions: 0 }

/** Gas by sender, for the ledger of costs. Gas is not paid inside the EVM. */
export class GasAccounts {
  readonly #bySender = new Map<string, GasAccount>()
  #total = nothing

  book(receipt: Receipt): void {
    const { gasUsed, priorityFeeWeiPerGas } = receipt
    const spent = { gasUsed, priorityFeesWei: gasUsed * priorityFeeWeiPerGas, transactions: 1 }
    this.#bySender.set(receipt.from.toLowerCase(), sum(this.of(receipt.from), spent))
    this.#total = sum(this.#total, spent)
  }

  of(sender: string): GasAccount {
    return this.#bySender.get(sender.toLowerCase()) ?? nothing
  }

  get total(): GasAccount {
    return this.#total
  }
}

const sum = (a: GasAccount, b: GasAccount): GasAccount => ({
  gasUsed: a.gasUsed + b.gasUsed,
  priorityFeesWei: a.priorityFeesWei + b.priorityFeesWei,
  transactions: a.transactions + b.transactions,
})
