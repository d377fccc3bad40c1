/** Tells by name (`Contract.function`) what the contract set offers. */
export type Offers = (name: string) => boolean
