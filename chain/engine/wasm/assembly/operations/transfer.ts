/** Moving native value between accounts. */
import { changeBalance } from "../state/accounts"
import { add, subtract } from "../words/addition"
import { lessThan } from "../words/compare"

export function canPay(balance: usize, amount: usize): bool {
  return !lessThan(balance, amount)
}

/** False when the balance does not fit in a word; the caller then undoes it. */
export function credit(account: usize, amount: usize): bool {
  return !add(changeBalance(account), amount)
}

/** The account must have that much. */
export function debit(account: usize, amount: usize): void {
  const balance = changeBalance(account)
  subtract(balance, balance, amount)
}
