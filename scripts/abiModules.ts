/** The text of the generated modules in `chain/abi`. */
import type { Abi, AbiError } from "abitype"
import { format, resolveConfig } from "prettier"
import { keccak256 } from "viem"
import type { CompiledSuite } from "../chain/compile/artifact.ts"

const header = "// Generated from the compiled contracts by scripts/generate-abi.ts; do not edit.\n\n"

/** `ATNToken` → `atnToken`, `ResultsRewards` → `resultsRewards`. */
export const moduleNameOf = (contract: string): string =>
  contract.replace(/^[A-Z]+(?=[A-Z][a-z])|^[A-Z]+$|^[A-Z]/, (capitals) => capitals.toLowerCase())

/** The contracts of a suite that can be deployed: not its interfaces, bases, libraries of inlined functions. */
export const deployableContracts = (suite: CompiledSuite): readonly string[] =>
  Object.values(suite.contracts)
    .filter(({ bytecode, abi }) => bytecode !== "0x" && abi.some((item) => item.type === "function"))
    .map(({ name }) => name)

/** File name to content, formatted: one module a deployable contract, the errors of all of them, and an index. */
export const abiModules = async (suite: CompiledSuite): Promise<ReadonlyMap<string, string>> => {
  const names = deployableContracts(suite)
  const modules = new Map<string, string>()
  for (const name of names) {
    const abi = suite.contracts[name]?.abi as Abi
    modules.set(`${moduleNameOf(name)}.ts`, await moduleText(`${moduleNameOf(name)}Abi`, abi))
  }
  return modules
    .set("allErrors.ts", await moduleText("allErrorsAbi", errorsOf(suite, names)))
    .set("builtInAbis.ts", await indexText(names))
}

/** One module a contract that attackers deploy in a run: its ABI, its init code, and the hash that its code has. */
export const attackModules = async (suite: CompiledSuite): Promise<ReadonlyMap<string, string>> => {
  const modules = new Map<string, string>()
  for (const contract of Object.values(suite.contracts)) {
    const { name, bytecode, deployedBytecode, abi } = contract
    if (bytecode === "0x") continue
    const module = moduleNameOf(name)
    const items = abi.map((item) => literal(item)).join(",\n")
    const constants = [
      `export const ${module}Abi = [\n${items}\n] as const\n`,
      `/** Init code without constructor arguments. */\nexport const ${module}Bytecode =\n  "${bytecode}" as const\n`,
      `/** Keccak-256 of the code that it leaves. */\nexport const ${module}CodeHash =\n  "${keccak256(deployedBytecode)}" as const\n`,
    ]
    modules.set(`${module}.ts`, await formatted(header + constants.join("\n")))
  }
  return modules
}

/** Every module by its contract's name, for code that goes through all contracts. */
const indexText = async (names: readonly string[]): Promise<string> => {
  const imports = names.map((name) => {
    const module = moduleNameOf(name)
    return `import { ${module}Abi } from "./${module}.ts"`
  })
  const entries = names.map((name) => `${name}: ${moduleNameOf(name)}Abi,`)
  return formatted(
    `${header}${imports.join("\n")}\n\nexport const builtInAbis = {\n${entries.join("\n")}\n} as const\n`,
  )
}

/** Every custom error once: what a call may revert with, whichever contract the error comes from. */
const errorsOf = (suite: CompiledSuite, names: readonly string[]): readonly AbiError[] => {
  const bySignature = new Map<string, AbiError>()
  for (const name of names) {
    for (const item of suite.contracts[name]?.abi ?? []) {
      if (item.type !== "error") continue
      bySignature.set(JSON.stringify([item.name, item.inputs.map(({ type }) => type)]), item)
    }
  }
  return [...bySignature].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item)
}

const moduleText = async (constant: string, abi: readonly unknown[]): Promise<string> => {
  const items = abi.map((item) => literal(item)).join(",\n")
  return formatted(`${header}export const ${constant} = [\n${items}\n] as const\n`)
}

const formatted = async (text: string): Promise<string> =>
  format(text, { ...(await resolveConfig(import.meta.filename)), parser: "typescript" })

/** A value as TypeScript; `internalType` is for people and left out. */
const literal = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`
  if (typeof value !== "object" || value === null) return JSON.stringify(value)
  const fields = Object.entries(value).filter(([key]) => key !== "internalType")
  return `{ ${fields.map(([key, field]) => `${key}: ${literal(field)}`).join(", ")} }`
}
