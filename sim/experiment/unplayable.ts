/** Tags of errors that say that the scenario can't be played as it is: not the program's fault. */
export const UNPLAYABLE: readonly string[] = [
  "SupplyTooSmall",
  "CapabilityWithoutExamples",
  "ParametersFixed",
  "ContractSetRefused",
  "BackendUnavailable",
  "StrategyFileRefused",
]
