/** Who and what is behind the addresses of a run. */
import type { Abi } from "abitype"

/** A contract as a story needs it. */
export interface NamedContract {
  readonly name: string
  readonly abi: Abi
}

export interface RunNames {
  /** Agents and institutions, by address in lower case. An agent's further accounts are `solver-1's account 2`. */
  readonly accounts: ReadonlyMap<string, string>
  /** By address in lower case. */
  readonly contracts: ReadonlyMap<string, NamedContract>
}

export interface NamesOptions {
  readonly cast: readonly {
    readonly name: string
    readonly address: string
    readonly extraAccounts: readonly string[]
  }[]
  readonly institutions: Readonly<Record<string, string>>
  readonly contracts: Readonly<Record<string, unknown>>
}

export const runNames = ({ cast, institutions, contracts }: NamesOptions): RunNames => {
  const accounts = new Map<string, string>()
  for (const [name, address] of Object.entries(institutions))
    accounts.set(address.toLowerCase(), `the ${name}`)
  for (const { name, address, extraAccounts } of cast) {
    accounts.set(address.toLowerCase(), name)
    extraAccounts.forEach((account, index) =>
      accounts.set(account.toLowerCase(), `${name}'s account ${index + 2}`),
    )
  }
  const bound = Object.values(contracts).filter(isBound)
  return {
    accounts,
    contracts: new Map(bound.map(({ address, name, abi }) => [address.toLowerCase(), { name, abi }])),
  }
}

const isBound = (value: unknown): value is NamedContract & { readonly address: string } =>
  typeof value === "object" && value !== null && "abi" in value && "address" in value
