/** The standard normal distribution, as far as accuracy needs it. */

/** P(Z ≤ z), to 1.2 × 10⁻⁷ of the smaller tail (Press et al., Numerical Recipes, `erfcc`). */
export const normalCdf = (z: number): number => {
  const x = Math.abs(z) / Math.SQRT2
  const t = 1 / (1 + x / 2)
  const series = COEFFICIENTS.reduceRight((sum, coefficient) => coefficient + t * sum, 0)
  const tail = (t * Math.exp(-x * x + series)) / 2
  return z > 0 ? 1 - tail : tail
}

const COEFFICIENTS = [
  -1.26551223, 1.00002368, 0.37409196, 0.09678418, -0.18628806, 0.27886807, -1.13520398, 1.48851587,
  -0.82215223, 0.17087277,
]

const HALVINGS = 60
const FAR = 8

/** z with P(Z ≤ z) = p, for p from 10⁻¹² to 1 − 10⁻¹². */
export const normalQuantile = (p: number): number => {
  let [low, high] = [-FAR, FAR]
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2
    if (normalCdf(middle) < p) low = middle
    else high = middle
  }
  return (low + high) / 2
}
