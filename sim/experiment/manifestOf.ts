/** The manifest of an experiment: what it is made from, and what that means in each setting. */
import { contractsKey } from "../../chain/contractSet/contractSet.ts"
import {
  MANIFEST_VERSION,
  type ContractSetRecord,
  type Manifest,
  type ParameterOfSet,
  type ParameterInSetting,
  type ParameterRecord,
} from "../results/manifest.ts"
import { looksOfPlan, seedsOf, settingsOf, type ExperimentPlan, type Setting } from "../scenario/plan.ts"
import { auditPlan } from "./audit.ts"
import { contractSetId, experimentIdentity, identityInputs } from "./identity.ts"
import { programIdentity } from "./programIdentity.ts"
import type { ExperimentOptions } from "./experimentOptions.ts"
import type { Prepared } from "./runModule.ts"

export function manifestOf(
  plan: ExperimentPlan,
  world: Prepared<unknown>,
  { trace, source, engine, audit }: Pick<ExperimentOptions, "trace" | "source" | "engine" | "audit">,
): Manifest {
  const program = programIdentity()
  const inputs = identityInputs(plan, program, world.inputs)
  const identity = experimentIdentity(inputs)
  const engineOf = (name: string) => ({ name, version: world.engines[name] ?? name })
  return {
    format: "autonet-sim experiment",
    version: MANIFEST_VERSION,
    program: program.version,
    identity,
    inputs,
    engine: engineOf(engine),
    audit: auditPlan(runsOf(plan), {
      share: audit?.share ?? 0,
      judge: engineOf(audit?.engine ?? engine),
      seed: identity,
      played: engine,
    }),
    contractSets: contractSets(plan, world),
    ...(world.surrogates === undefined ? {} : { surrogates: world.surrogates }),
    ...strategyFiles(plan),
    parameters: world.parameters,
    settings: settingsOf(plan).map((setting) => ({
      name: setting.name,
      parameters: world.parameters.map((parameter) => parameterIn(setting, parameter, world)),
    })),
    trace,
    ...source,
  }
}

/** Runs that are played in any case: audits are drawn from them. */
function runsOf(plan: ExperimentPlan) {
  const [least = 0] = looksOfPlan(plan)
  return seedsOf(plan)
    .slice(0, least)
    .flatMap((seed) => settingsOf(plan).map(({ name }) => ({ setting: name, seed })))
}

/** One record a strategy, whatever settings have it. */
function strategyFiles(plan: ExperimentPlan): Pick<Manifest, "strategyFiles"> {
  const files = settingsOf(plan).flatMap(({ scenario }) => scenario.strategyFiles ?? [])
  const records = files.map(({ strategy, path, exportName, modules }) => {
    const file = plan.strategyPaths?.[path] ?? path
    return [strategy, { strategy, file, exportName, modules }] as const
  })
  return records.length === 0 ? {} : { strategyFiles: [...new Map(records).values()] }
}

/** One record a set, though two choices may come to the same contracts. */
function contractSets(plan: ExperimentPlan, world: Prepared<unknown>): readonly ContractSetRecord[] {
  const records = new Map<string, ContractSetRecord>()
  for (const { scenario } of settingsOf(plan)) {
    const { contracts } = scenario
    const id = contractSetId(contracts, world.inputs)
    const source = plan.contractFolders[contracts.source] ?? contracts.source
    if (!records.has(id)) records.set(id, { id, source, ...preparedFor(scenario, world) })
  }
  return [...records.values()]
}

function preparedFor({ contracts }: Setting["scenario"], { contractSets }: Prepared<unknown>) {
  const prepared = contractSets[contractsKey(contracts)]
  if (prepared === undefined) throw new Error(`the world prepared no contracts ${contractsKey(contracts)}`)
  return prepared
}

function parameterIn(
  { scenario }: Setting,
  { name, default: standard }: ParameterRecord,
  world: Prepared<unknown>,
): ParameterInSetting {
  const asked = scenario.parameters[name]?.toString()
  const { control, value } = preparedFor(scenario, world).parameters[name] ?? SETTABLE
  if (control === "fixed") return { name, value, source: "bytecode" }
  if (control === "absent") return { name, value, source: "absent" }
  if (asked !== undefined) return { name, value: asked, source: "scenario" }
  return { name, value: value ?? standard, source: "default" }
}

const SETTABLE: ParameterOfSet = { control: "settable", value: null }
