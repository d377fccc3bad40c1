/** What a set of contracts makes of the registry's parameters: found out by deploying it once and asking its views. */
import { has } from "../../chain/contractSet/capabilities.ts"
import type { ContractSet } from "../../chain/contractSet/contractSet.ts"
import { deployPublicSuite, type PublicSuite } from "../../chain/contractSet/deployPublicSuite.ts"
import { ParametersFixed } from "../../chain/contractSet/errors.ts"
import { offered, refusalOf, shownValue } from "../../chain/contractSet/publicReach.ts"
import { createEngine, judgeEngine } from "../../chain/engine/engines.ts"
import { createGenesis, type Genesis } from "../../chain/genesis.ts"
import type { ContractParameter } from "../mechanisms/contractParameter.ts"
import { contractParameters, parameterName } from "../mechanisms/parameters.ts"
import { isAgreed } from "../mechanisms/taskCycle.ts"
import type { ContractSetRecord, ParameterOfSet } from "../results/manifest.ts"
import { parameterText } from "../results/parameterText.ts"
import type { Scenario } from "../scenario/scenario.ts"
import { genesisBlock } from "../world/genesisBlock.ts"
import { institutions } from "../world/institutions.ts"

export type NumbersOfSet = Pick<ContractSetRecord, "parameters" | "fixed">

/** Rejects with `ContractSetRefused` or `GenesisFailed` where the set can't be deployed. */
export const numbersOfSet = async (set: ContractSet): Promise<NumbersOfSet> => {
  const others = contractParameters.filter(({ contract }) => !has(set, `${contract}.setParameter`))
  if (others.length === 0) return { parameters: {}, fixed: [] }
  const genesis = createGenesis({
    engine: await createEngine(judgeEngine),
    compiled: set.suite,
    block: genesisBlock,
  })
  const { governance, founder, holders } = institutions
  const suite = await deployPublicSuite({
    genesis,
    set,
    governance,
    treasury: founder,
    genesisHolder: holders,
  })
  const parameters: Record<string, ParameterOfSet> = {}
  for (const parameter of others) {
    parameters[parameterName(parameter)] = await parameterOfSet(parameter, set, genesis, suite)
  }
  const fixed = suite.fixed.map(({ contract, view, value }) => ({
    view: `${contract}.${view}`,
    value: String(value),
  }))
  return { parameters, fixed }
}

const parameterOfSet = async (
  parameter: ContractParameter,
  set: ContractSet,
  genesis: Genesis,
  { at }: PublicSuite,
): Promise<ParameterOfSet> => {
  if (isAgreed(parameter, (name) => has(set, name))) return { control: "agreed", value: null }
  const shown = await shownValue({ genesis, set }, at, parameter)
  const value = shown === undefined ? null : String(shown)
  const settable = offered(set, parameter.contract, parameter.publicSetter) !== undefined
  if (settable) return { control: "settable", value }
  return { control: value === null ? "absent" : "fixed", value }
}

/** Throws `ParametersFixed` where a scenario asks for what its set fixes at another value, or does not have. */
export const refuseFixed = (
  { contracts, parameters: asked }: Scenario,
  { parameters }: NumbersOfSet,
): void => {
  const refused = Object.entries(asked).flatMap(([name, value]) => {
    const { control, value: shown } = parameters[name] ?? { control: "settable", value: null }
    if (control === "settable" || control === "agreed") return []
    const unit = contractParameters.find((each) => parameterName(each) === name)?.unit ?? "count"
    const write = (each: bigint) => parameterText(each, unit)
    return refusalOf({ name, value, write }, shown === null ? undefined : BigInt(shown)) ?? []
  })
  if (refused.length > 0) throw new ParametersFixed({ source: contracts.source, parameters: refused })
}
