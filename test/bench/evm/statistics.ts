export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[sorted.length >> 1] as number
}

/** Seconds that each repetition takes, of which the median. */
export const medianSeconds = async (
  repetitions: number,
  work: () => Promise<unknown> | unknown,
): Promise<number> => {
  const seconds: number[] = []
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const start = performance.now()
    await work()
    seconds.push((performance.now() - start) / 1_000)
  }
  return median(seconds)
}
