/**
 * Softmax cross-entropy in float64, outside the tensors: a batch has only batch × classes logits, and one module
 * for the transcendental functions is one place to pin their bits.
 */

/** Loss of one example is capped here, in nats, so that a garbage model has a finite mean loss. */
export const LOSS_CEILING_NATS = 1_000

/**
 * Mean-able loss and gradient of a batch.
 *
 * Adds up −log softmax(logits)[label] over the rows, in order, and writes (softmax − one-hot) · scale into
 * `gradient`. Returns the sum in nats; NaN or Infinity if a logit is.
 */
export const softmaxCrossEntropy = (batch: {
  readonly logits: Float32Array
  readonly labels: ArrayLike<number>
  readonly rows: number
  readonly classes: number
  readonly scale: number
  readonly gradient: Float32Array
}): number => {
  const { logits, labels, rows, classes, scale, gradient } = batch
  let sum = 0
  for (let row = 0; row < rows; row++) {
    const from = row * classes
    const label = labels[row]!
    const logTotal = logSumExp(logits, from, classes)
    sum += logTotal - logits[from + label]!
    for (let k = 0; k < classes; k++) {
      const probability = Math.exp(logits[from + k]! - logTotal)
      gradient[from + k] = (probability - (k === label ? 1 : 0)) * scale
    }
  }
  return sum
}

/** Loss of one row in nats, capped; a row that is not finite counts as the cap. */
export const cappedLossNats = (
  logits: Float32Array,
  from: number,
  classes: number,
  label: number,
): number => {
  const loss = logSumExp(logits, from, classes) - logits[from + label]!
  return loss <= LOSS_CEILING_NATS ? loss : LOSS_CEILING_NATS
}

const logSumExp = (logits: Float32Array, from: number, classes: number): number => {
  let top = -Infinity
  for (let k = 0; k < classes; k++) top = Math.max(top, logits[from + k]!)
  let total = 0
  for (let k = 0; k < classes; k++) total += Math.exp(logits[from + k]! - top)
  return top + Math.log(total)
}
