/** A thousandth of an ATN for a million gas. */
const WEI_PER_GAS = 1e9

/** A priority fee, from thousandths of an ATN for a million gas. */
export const priorityFeeOf = (thousandths: number) => ({
  priorityFeeWeiPerGas: BigInt(Math.round(thousandths * WEI_PER_GAS)),
})

/** More than those pay who do not hurry. */
export const HURRY = priorityFeeOf(1)
