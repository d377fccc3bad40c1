/** Bounds that the file format and the command line share. */
export const MAX_RUN_SEED = 2 ** 47
export const MAX_REPLICATES = 100_000
