/** Deploys and wires a set that has the public interface, and of the extensions none or some. */
import type { Address } from "viem"
import type { Genesis } from "../genesis.ts"
import { type SuiteAddresses, defaultSupplyAtn } from "../suite.ts"
import { type ArgumentMeaning, constructorParameters, matchConstructor } from "./constructorArguments.ts"
import type { ContractSet } from "./contractSet.ts"
import { ContractSetRefused } from "./errors.ts"
import { type FixedNumber, readFixedNumbers } from "./fixedNumbers.ts"
import { type PublicSetting, applySettings } from "./settings.ts"
import { wirePublicSuite } from "./wirePublicSuite.ts"

/** What deployed and wired contracts depend on. */
export interface WiredPublicSuiteOptions {
  /** Bound to the same set. */
  readonly genesis: Genesis
  readonly set: ContractSet
  /** Deploys the set and governs it from then on. */
  readonly governance: Address
  /** Given to what asks for a treasury. */
  readonly treasury: Address
  /** Receives the whole supply; distribute from it with `distributeAtn`. */
  readonly genesisHolder: Address
  /** In whole ATN. */
  readonly supplyAtn?: bigint
}

export interface DeployPublicSuiteOptions extends WiredPublicSuiteOptions {
  /** Entries of the parameter registry with the values that a scenario sets. */
  readonly parameters?: readonly PublicSetting[]
}

export interface PublicSuite {
  readonly at: SuiteAddresses
  /** What the bytecode fixes, for the manifest and reports. */
  readonly fixed: readonly FixedNumber[]
}

/**
 * Constructor arguments are matched by name and type; a contract waits for those that its constructor names. The
 * wiring is that of the public suite: the token's DAO is the set's DAO where it has one. Rejects with
 * `ParametersFixed` where the scenario sets what the bytecode fixes, `ContractSetRefused` where constructors wait for
 * each other, `GenesisFailed` where a contract refuses a call.
 */
export const deployPublicSuite = async (options: DeployPublicSuiteOptions): Promise<PublicSuite> => {
  const at = await deployWiredPublicSuite(options)
  await applySettings(options, at, options.parameters ?? [])
  return { at, fixed: await readFixedNumbers(options, at) }
}

/** The first part of `deployPublicSuite`. Rejects with `ContractSetRefused` or `GenesisFailed`. */
export const deployWiredPublicSuite = async (options: WiredPublicSuiteOptions): Promise<SuiteAddresses> => {
  const at = await deployContracts(options)
  await wirePublicSuite(options, at)
  return at
}

/** By contract, in the order in which they are deployed where constructors leave the choice. */
const addressNames = {
  ATNToken: "token",
  ParticipantStaking: "staking",
  Project: "project",
  TaskContract: "tasks",
  ResultsRewards: "results",
  ForcedErrorRegistry: "forcedErrors",
  ModelShardRegistry: "shards",
  AutonetDAO: "dao",
} as const satisfies Readonly<Record<string, keyof SuiteAddresses>>
type Deployed = keyof typeof addressNames

const deployContracts = async (options: WiredPublicSuiteOptions): Promise<SuiteAddresses> => {
  const { genesis, set, governance, treasury, genesisHolder, supplyAtn = defaultSupplyAtn } = options
  const values: Partial<Record<ArgumentMeaning | "shards", Address | bigint>> = {
    governance,
    treasury,
    initialHolder: genesisHolder,
    initialSupply: supplyAtn,
  }
  const meanings = meaningsOf(set)
  const waiting = new Set(meanings.keys())
  while (waiting.size > 0) {
    const next = [...waiting].find((name) => meanings.get(name)?.every((each) => values[each] !== undefined))
    if (next === undefined) throw deadlock(set, [...waiting])
    const args = (meanings.get(next) ?? []).map((meaning) => values[meaning])
    values[addressNames[next]] = await genesis.deploy(governance, next, args)
    waiting.delete(next)
  }
  const { token, staking, project, tasks, results, forcedErrors, shards, dao } = values
  return {
    token,
    staking,
    project,
    tasks,
    results,
    forcedErrors,
    ...present({ shards, dao }),
  } as SuiteAddresses
}

const present = (values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))

/** Of the contracts that the set has. */
const meaningsOf = (set: ContractSet): ReadonlyMap<Deployed, readonly ArgumentMeaning[]> => {
  const { contracts } = set.suite
  const matched = (Object.keys(addressNames) as Deployed[]).flatMap((name) => {
    const contract = contracts[name]
    return contract === undefined ? [] : [{ name, ...matchConstructor(name, contract.abi) }]
  })
  const problems = matched.flatMap((each) => each.problems)
  if (problems.length > 0) throw new ContractSetRefused({ source: set.choice.source, problems })
  return new Map(matched.map(({ name, meanings }) => [name, meanings]))
}

const deadlock = (set: ContractSet, waiting: readonly Deployed[]): ContractSetRefused =>
  new ContractSetRefused({
    source: set.choice.source,
    problems: waiting.map((name) => {
      const names = constructorParameters(set.suite.contracts[name]?.abi ?? []).map((each) => each.name)
      return {
        kind: "constructor",
        where: name,
        wrong: `its constructor (${names.join(", ")}) asks for a contract that is not there or waits for this one`,
        right:
          "a contract must be deployable before those that name it; let a setter tell it about the others",
      }
    }),
  })
