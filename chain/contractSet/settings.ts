/** A scenario's parameters on a set without `setParameter`: by the setters that the public interface has. */
import type { Address } from "viem"
import type { Genesis } from "../genesis.ts"
import { publicAbiOf } from "../publicInterface/publicInterface.ts"
import { type SuiteAddresses, type SuiteParameter, addressOfContract } from "../suite.ts"
import { setParameter } from "../suite/parameters.ts"
import { callByName } from "./callsByName.ts"
import { has } from "./capabilities.ts"
import type { ContractSet } from "./contractSet.ts"
import { type FixedParameter, ParametersFixed } from "./errors.ts"
import { type PublicParameter, offered, refusalOf, shownValue } from "./publicReach.ts"

/** A parameter with its value. */
export interface PublicSetting extends SuiteParameter, PublicParameter {
  /** As people write a value, for messages. */
  readonly write?: (value: bigint) => string
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
  const refused: FixedParameter[] = []
  for (const setting of settings) {
    const refusal = await apply(options, at, setting)
    if (refusal !== undefined) refused.push(refusal)
  }
  if (refused.length === 0) return
  throw new ParametersFixed({ source: options.set.choice.source, parameters: refused })
}

/** Nothing where the set now has the value. */
const apply = async (
  options: SettingOptions,
  at: SuiteAddresses,
  setting: PublicSetting,
): Promise<FixedParameter | undefined> => {
  const { genesis, set, governance } = options
  const { contract, key, value } = setting
  if (has(set, `${contract}.setParameter`)) {
    await setParameter(options, at, setting)
    return undefined
  }
  const setter = offered(set, contract, setting.publicSetter)
  if (setter === undefined) {
    return refusalOf({ ...setting, name: `${contract}.${key}` }, await shownValue(options, at, setting))
  }
  const to = { to: addressOfContract(at, contract), abi: publicAbiOf(contract) }
  const { functionName, args } = setter
  await callByName(genesis, { ...to, from: governance, functionName, args: [...args, value] })
  return undefined
}
