/** Gas that is given back at the end of the transaction, as far as its frames did not fail. */
let sum: i64 = 0

export function refund(gas: i64): void {
  sum += gas
}

export function refundMark(): i64 {
  return sum
}

export function setRefund(gas: i64): void {
  sum = gas
}
