/**
 * Softmax cross-entropy in float64, outside the tensors: a batch has only batch × classes logits, and one module
 * for the transcendental functions is one place to pin their bits.
 */

/** Loss of one example is capped here, in nats, so that a garbage model has a finite mean loss. */
export const LOSS_CEILING_NATS = 1_000

/**
 * Loss and gradient of a batch whose examples are columns: the logit of class k for example j is at k · examples + j.
 *
 * Adds up −log softmax(logits)[label] over the examples, in order, and writes (softmax − one-hot) · scale into
 * `gradient`. Returns the sum in nats, which is not finite if a logit is not.
 */
export const softmaxCrossEntropy = (batch: {
  readonly logits: Float32Array
  /** One label an example. */
  readonly labels: ArrayLike<number>
  readonly classes: number
  readonly scale: number
  readonly gradient: Float32Array
}): number => {
  const { logits, labels, classes, scale, gradient } = batch
  const examples = labels.length
  let sum = 0
  for (let example = 0; example < examples; example++) {
    const label = labels[example]!
    const logTotal = logSumExp(logits, example, examples, classes)
    sum += logTotal - logits[label * examples + example]!
    for (let k = 0; k < classes; k++) {
      const at = k * examples + example
      gradient[at] = (Math.exp(logits[at]! - logTotal) - (k === label ? 1 : 0)) * scale
    }
  }
  return sum
}

/** Loss in nats of the example whose logits start at `from`, capped; one that is not finite counts as the cap. */
export const cappedLossNats = (
  logits: Float32Array,
  from: number,
  classes: number,
  label: number,
): number => {
  const loss = logSumExp(logits, from, 1, classes) - logits[from + label]!
  return loss <= LOSS_CEILING_NATS ? loss : LOSS_CEILING_NATS
}

const logSumExp = (logits: Float32Array, from: number, stride: number, classes: number): number => {
  const end = from + stride * classes
  let top = -Infinity
  for (let at = from; at < end; at += stride) top = Math.max(top, logits[at]!)
  let total = 0
  for (let at = from; at < end; at += stride) total += Math.exp(logits[at]! - top)
  return top + Math.log(total)
}
