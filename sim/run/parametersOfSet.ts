/** What a set of contracts makes of the registry's parameters: found out by deploying it once and asking its views. */
import type { Abi } from "viem"
import { numberByName } from "../../chain/contractSet/callsByName.ts"
import { has } from "../../chain/contractSet/capabilities.ts"
import type { ContractSet } from "../../chain/contractSet/contractSet.ts"
import { deployPublicSuite, type PublicSuite } from "../../chain/contractSet/deployPublicSuite.ts"
import { ParametersFixed } from "../../chain/contractSet/errors.ts"
import { createEthereumJsEngine } from "../../chain/engine/ethereumjs/createEthereumJsEngine.ts"
import { createGenesis, type Genesis } from "../../chain/genesis.ts"
import { publicInterface } from "../../chain/publicInterface/publicInterface.ts"
import { addressOfContract } from "../../chain/suite.ts"
import type { ContractParameter } from "../mechanisms/contractParameter.ts"
import { contractParameters, parameterName } from "../mechanisms/parameters.ts"
import { isAgreed } from "../mechanisms/taskCycle.ts"
import type { ContractSetRecord, ParameterOfSet } from "../results/manifest.ts"
import type { Scenario } from "../scenario/scenario.ts"
import { genesisBlock } from "../world/genesis.ts"
import { institutions } from "../world/institutions.ts"

export type NumbersOfSet = Pick<ContractSetRecord, "parameters" | "fixed">

/** Rejects with `ContractSetRefused` or `GenesisFailed` where the set can't be deployed. */
export const numbersOfSet = async (set: ContractSet): Promise<NumbersOfSet> => {
  const others = contractParameters.filter(({ contract }) => !has(set, `${contract}.setParameter`))
  if (others.length === 0) return { parameters: {}, fixed: [] }
  const genesis = createGenesis({
    engine: await createEthereumJsEngine(),
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
  const { contract, publicSetter, publicView } = parameter
  if (isAgreed(parameter, (name) => has(set, name))) return { control: "agreed", value: null }
  const offers = (call: { readonly functionName: string } | undefined): boolean =>
    call !== undefined && has(set, `${contract}.${call.functionName}`)
  let value: string | null = null
  if (publicView !== undefined && offers(publicView)) {
    const { functionName, args, offset = 0n } = publicView
    const abi = (publicInterface as Readonly<Record<string, Abi>>)[contract] ?? []
    const to = addressOfContract(at, contract)
    value = String((await numberByName(genesis, { to, abi, functionName, args })) - offset)
  }
  if (offers(publicSetter)) return { control: "settable", value }
  return { control: value === null ? "absent" : "fixed", value }
}

/** Throws `ParametersFixed` where a scenario asks for what its set fixes at another value, or does not have. */
export const refuseFixed = (
  { contracts, parameters: asked }: Scenario,
  { parameters }: NumbersOfSet,
): void => {
  const refused = Object.entries(asked).flatMap(([name, value]) => {
    const { control, value: fixedAt } = parameters[name] ?? { control: "settable", value: null }
    if (control === "settable" || control === "agreed" || fixedAt === String(value)) return []
    return [{ name, value, ...(fixedAt === null ? {} : { fixedAt: BigInt(fixedAt) }) }]
  })
  if (refused.length > 0) throw new ParametersFixed({ source: contracts.source, parameters: refused })
}
