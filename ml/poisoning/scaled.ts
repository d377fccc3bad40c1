/** `factor` times the honest update: at the number of solvers, one update replaces the average (model replacement). */
export const scaled = (update: Float32Array, factor: number): Float32Array =>
  update.map((value) => factor * value)
