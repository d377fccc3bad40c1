/** −strength times the honest update: pulls the global model back along the path that the others push it. */
export const signFlip = (update: Float32Array, strength = 1): Float32Array =>
  update.map((value) => -strength * value)
