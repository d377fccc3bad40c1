/** What the analysis and its workers say to each other. */

/** A test without any mutant on. */
export interface TestRecord {
  readonly id: string
  readonly milliseconds: number
  /** Why it fails without a mutant; such a test says nothing about mutants. */
  readonly failure: string | undefined
  /** Numbers of the switches that it reaches. */
  readonly switches: readonly number[]
}

export type Request =
  | { readonly kind: "compile"; readonly sources: Readonly<Record<string, string>> }
  | { readonly kind: "survey" }
  | { readonly kind: "load" }
  /** Tests by identifier, in the order to try them. */
  | { readonly kind: "run"; readonly on: number; readonly tests: readonly string[] }

export type Reply =
  | { readonly kind: "ready" }
  | { readonly kind: "survey"; readonly tests: readonly TestRecord[] }
  | { readonly kind: "verdict"; readonly killedBy: string | undefined; readonly why: string }
  | { readonly kind: "failed"; readonly message: string }
