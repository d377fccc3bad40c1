/** Something about a run that must hold. */
export interface Law {
  /** Stable, for results and reports. */
  readonly name: string
  /** One sentence: what must hold. */
  readonly statement: string
  /** Extension functions, as `Contract.function`, without which it cannot be checked. */
  readonly needs: readonly string[]
}
