/** Bounds that the file format and the command line share. */
export const MAX_RUN_SEED = 2 ** 47
export const MAX_REPLICATES = 100_000

/** ATN (wei) at genesis of an agent whose role stakes nothing and whose capital the scenario does not state: 1,000 ATN. */
export const UNSTAKED_CAPITAL_WEI = 1_000n * 10n ** 18n
