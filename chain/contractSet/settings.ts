/** A scenario's parameters on a set without `setParameter`: by the setters that the public interface has. */
import type { Abi, Address } from "viem"
import type { Genesis } from "../genesis.ts"
import { publicInterface } from "../publicInterface/publicInterface.ts"
import { type SuiteAddresses, type SuiteParameter, addressOfContract } from "../suite.ts"
import { setParameter } from "../suite/parameters.ts"
import { callByName, numberByName } from "./callsByName.ts"
import { has } from "./capabilities.ts"
import type { ContractSet } from "./contractSet.ts"
import { ParametersFixed } from "./errors.ts"

/** A parameter with its value, and how the public interface reaches it; an entry of the parameter registry fits. */
export interface PublicSetting extends SuiteParameter {
  /** A call of the same contract; the value comes behind the arguments. */
  readonly publicSetter?: { readonly functionName: string; readonly args: readonly number[] }
  /** A view of the same contract, which shows the value plus the offset. */
  readonly publicView?: {
    readonly functionName: string
    readonly args: readonly number[]
    readonly offset?: bigint
  }
}

interface SettingOptions {
  readonly genesis: Genesis
  readonly set: ContractSet
  readonly governance: Address
}

/** Rejects with `ParametersFixed`, which names all that the bytecode fixes at other values; with `GenesisFailed`. */
export const applySettings = async (
  options: SettingOptions,
  at: SuiteAddresses,
  settings: readonly PublicSetting[],
): Promise<void> => {
  const refused: ParametersFixed["parameters"][number][] = []
  for (const setting of settings) {
    const { contract, key, value } = setting
    const fixed = await apply(options, at, setting)
    if (fixed !== undefined) refused.push({ name: `${contract}.${key}`, value, ...fixed })
  }
  if (refused.length === 0) return
  throw new ParametersFixed({ source: options.set.choice.source, parameters: refused })
}

/** Nothing where the set now has the value; otherwise what it is fixed at, where a view tells. */
const apply = async (
  options: SettingOptions,
  at: SuiteAddresses,
  setting: PublicSetting,
): Promise<{ readonly fixedAt?: bigint } | undefined> => {
  const { genesis, set, governance } = options
  const { contract, publicSetter, publicView, value } = setting
  if (has(set, `${contract}.setParameter`)) {
    await setParameter(options, at, setting)
    return undefined
  }
  const offers = (call: { readonly functionName: string } | undefined) =>
    call !== undefined && has(set, `${contract}.${call.functionName}`)
  if (!offers(publicSetter) && !offers(publicView)) return {}
  const to = { to: addressOfContract(at, contract), abi: publicAbiOf(contract) }
  if (publicSetter !== undefined && offers(publicSetter)) {
    const { functionName, args } = publicSetter
    await callByName(genesis, { ...to, from: governance, functionName, args: [...args, value] })
    return undefined
  }
  if (publicView === undefined) return {}
  const { functionName, args, offset = 0n } = publicView
  const shown = await numberByName(genesis, { ...to, functionName, args })
  return shown - offset === value ? undefined : { fixedAt: shown - offset }
}

const publicAbiOf = (contract: string): Abi =>
  (publicInterface as Readonly<Record<string, Abi>>)[contract] ?? []
