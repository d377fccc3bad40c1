/** What tasks are about: a set of classes of the one global model, with a price of its own on the scorecard. */
export interface Capability {
  /** The module that a task's specification names. */
  readonly name: string
  /** Its number on the scorecard; 0 where it is not registered. */
  readonly moduleId: bigint
  /** Classes between which the model chooses; undefined for all. */
  readonly classes: readonly number[] | undefined
}

/** The capability of that name; undefined where the project has none. */
export const capabilityNamed = (
  { capabilities }: { readonly capabilities: readonly Capability[] },
  name: string,
): Capability | undefined => capabilities.find((capability) => capability.name === name)

/** Those of the examples that are of its classes, in their order; the very same list where it is about all classes. */
export const examplesOf = (
  { classes }: Pick<Capability, "classes">,
  labels: Uint8Array,
  examples: Uint32Array,
): Uint32Array => {
  if (classes === undefined) return examples
  const wanted = new Set(classes)
  return examples.filter((example) => wanted.has(labels[example]!))
}
