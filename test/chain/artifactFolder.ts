/** Copies of the packaged plain set that a test may damage. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { ContractSetRefused } from "../../chain/contractSet/errors.ts"
import { loadContractSet } from "../../chain/contractSet/loadContractSet.ts"
import { plainFolder } from "../../scripts/plainPackages.ts"

export type Layout = "hardhat" | "foundry"

export interface Item {
  readonly type: string
  readonly name?: string
  readonly inputs?: readonly { readonly name?: string; readonly type: string }[]
  readonly outputs?: readonly object[]
}
/** What tests change in an artifact of either layout. */
export interface ArtifactJson {
  contractName?: string
  abi: Item[]
  bytecode: string | { object: string }
  deployedBytecode: string | { object: string }
  metadata?: { settings: { compilationTarget: Readonly<Record<string, string>> } } | undefined
}

export class ArtifactFolder {
  readonly path = mkdtempSync(join(tmpdir(), "autonet-sim-artifacts-"))

  static plain(layout: Layout): ArtifactFolder {
    const folder = new ArtifactFolder()
    cpSync(join(plainFolder, layout), folder.path, { recursive: true })
    return folder
  }

  /** Of a contract of the plain set. */
  fileOf(contract: string): string {
    return join(this.path, "artifacts/contracts", `${contract}.sol`, `${contract}.json`)
  }

  change(contract: string, change: (artifact: ArtifactJson) => void, file = this.fileOf(contract)): void {
    const artifact = JSON.parse(readFileSync(file, "utf8")) as ArtifactJson
    change(artifact)
    writeFileSync(file, JSON.stringify(artifact))
  }

  write(file: string, content: string): void {
    mkdirSync(dirname(join(this.path, file)), { recursive: true })
    writeFileSync(join(this.path, file), content)
  }

  load(below = "") {
    return loadContractSet({ source: join(this.path, below), rulesOff: [] }, { cacheDirectory: undefined })
  }

  /** The refusal that loading must end with. */
  async refusal(below = ""): Promise<ContractSetRefused> {
    try {
      await this.load(below)
    } catch (error) {
      if (error instanceof ContractSetRefused) return error
      throw error
    }
    throw new Error(`${join(this.path, below)} was accepted`)
  }
}
