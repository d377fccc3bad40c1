/** One artifact file of Hardhat or Foundry, and what it says. */
import { readFileSync } from "node:fs"
import { basename, dirname } from "node:path"
import { Cause, Exit, Schema } from "effect"
import type { Abi } from "abitype"
import type { Hex } from "viem"

export type Layout = "Hardhat" | "Foundry"

export interface Artifact {
  readonly layout: Layout
  readonly file: string
  readonly name: string
  /** The source unit, as the tool calls it. */
  readonly source: string
  readonly abi: Abi
  /** `0x` for interfaces and abstract contracts. Not hexadecimal where libraries are not linked. */
  readonly bytecode: Hex
  readonly deployedBytecode: Hex
  /** Whether a library's address has yet to be put into the code. */
  readonly unlinked: boolean
  /** The compiler's version, where the artifact says it. */
  readonly compiler: string | undefined
}

/** The file is no artifact: what it should have been, in the words of the decoder. */
export class NotAnArtifact extends Error {
  override readonly name = "NotAnArtifact"
}

interface Parameter {
  readonly type: string
  readonly name?: string
  readonly components?: readonly Parameter[]
}
const Parameter = Schema.Struct({
  type: Schema.String,
  name: Schema.optionalKey(Schema.String),
  components: Schema.optionalKey(Schema.Array(Schema.suspend((): Schema.Codec<Parameter> => Parameter))),
})
const AbiItem = Schema.Struct({
  type: Schema.String,
  name: Schema.optionalKey(Schema.String),
  inputs: Schema.optionalKey(Schema.Array(Parameter)),
  outputs: Schema.optionalKey(Schema.Array(Parameter)),
})

/** With the places where a library's address belongs: `__$…$__`. */
const Code = Schema.String.check(
  Schema.isPattern(/^(0x)?([0-9a-fA-F]{2}|__[$\w.:/]{36}__)*$/, { expected: "bytecode in hexadecimal" }),
)
const HardhatArtifact = Schema.Struct({
  contractName: Schema.String,
  sourceName: Schema.String,
  abi: Schema.Array(AbiItem),
  bytecode: Code,
  deployedBytecode: Code,
})
const FoundryArtifact = Schema.Struct({
  abi: Schema.Array(AbiItem),
  bytecode: Schema.Struct({ object: Code }),
  deployedBytecode: Schema.Struct({ object: Code }),
  metadata: Schema.optionalKey(
    Schema.Struct({
      compiler: Schema.optionalKey(Schema.Struct({ version: Schema.String })),
      settings: Schema.optionalKey(
        Schema.Struct({ compilationTarget: Schema.optionalKey(Schema.Record(Schema.String, Schema.String)) }),
      ),
    }),
  ),
})

/** Throws `NotAnArtifact`. */
export const readArtifact = (file: string): Artifact => {
  const json = parse(readFileSync(file, "utf8"))
  return isFoundry(json) ? fromFoundry(file, json) : fromHardhat(file, json)
}

const fromHardhat = (file: string, json: unknown): Artifact => {
  const { contractName, sourceName, bytecode, deployedBytecode } = decode(HardhatArtifact, json)
  return {
    ...codeOf(bytecode, deployedBytecode),
    layout: "Hardhat",
    file,
    name: contractName,
    source: sourceName,
    abi: abiOf(json),
    compiler: undefined,
  }
}

/** The metadata names the contract; without it the file does, less the version that tells two compilers apart. */
const fromFoundry = (file: string, json: unknown): Artifact => {
  const { bytecode, deployedBytecode, metadata } = decode(FoundryArtifact, json)
  const [target] = Object.entries(metadata?.settings?.compilationTarget ?? {})
  const [source, name] = target ?? [basename(dirname(file)), basename(file).replace(/(\.\d+)*\.json$/, "")]
  return {
    ...codeOf(bytecode.object, deployedBytecode.object),
    layout: "Foundry",
    file,
    name,
    source,
    abi: abiOf(json),
    compiler: metadata?.compiler?.version,
  }
}

const isFoundry = (json: unknown): boolean =>
  typeof json === "object" && json !== null && "bytecode" in json && typeof json.bytecode === "object"

const codeOf = (bytecode: string, deployedBytecode: string) => ({
  bytecode: hexOf(bytecode),
  deployedBytecode: hexOf(deployedBytecode),
  unlinked: bytecode.includes("__"),
})

const hexOf = (code: string): Hex => `0x${code.replace(/^0x/, "").toLowerCase()}`

/** As the file has it, since the decoder keeps only what it checks. Lists that are empty may be left out there. */
const abiOf = (json: unknown): Abi =>
  (json as { readonly abi: readonly { readonly type: string }[] }).abi.map((item) => {
    const lists = needsInputs.has(item.type) ? { inputs: [] } : {}
    return item.type === "function" ? { ...lists, outputs: [], ...item } : { ...lists, ...item }
  }) as unknown as Abi

const needsInputs = new Set(["function", "event", "error", "constructor"])

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new NotAnArtifact(error instanceof Error ? error.message : String(error))
  }
}

const decode = <S extends Schema.ConstraintDecoder<unknown>>(schema: S, json: unknown): S["Type"] => {
  const exit = Schema.decodeUnknownExit(schema)(json)
  if (Exit.isSuccess(exit)) return exit.value
  const failure = Cause.squash(exit.cause)
  if (!Schema.isSchemaError(failure)) throw failure
  throw new NotAnArtifact(failure.message.replaceAll(/\s*\n\s*/g, " "))
}
