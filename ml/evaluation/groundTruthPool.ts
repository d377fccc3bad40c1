/** Which held-out examples ground truths are drawn from. */
export interface ExamplePool {
  /** Index of the first. */
  readonly from: number
  readonly size: number
}

/**
 * What the simulator does not measure by, if that is enough for a ground truth: then whatever an agent learns about
 * ground truths, truth is measured on other examples. Otherwise the whole split.
 */
export const groundTruthPool = (options: {
  /** Examples of the held-out split. */
  readonly splitSize: number
  /** The first so many are those that the simulator measures by. */
  readonly heldOutExamples: number
  /** Examples of one ground truth. */
  readonly evaluationExamples: number
}): ExamplePool => {
  const { splitSize, heldOutExamples, evaluationExamples } = options
  const rest = splitSize - heldOutExamples
  return rest >= evaluationExamples ? { from: heldOutExamples, size: rest } : { from: 0, size: splitSize }
}
