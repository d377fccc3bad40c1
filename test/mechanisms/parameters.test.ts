import { hexToString, stringToHex } from "viem"
import { beforeAll, describe, expect, it } from "vitest"
import { taskContractAbi } from "../../chain/abi/taskContract.ts"
import { createEthereumJsEngine } from "../../chain/engine/ethereumjs/createEthereumJsEngine.ts"
import { createGenesis, type Genesis } from "../../chain/genesis.ts"
import { addressOfContract, deploySuite, type SuiteAddresses } from "../../chain/suite.ts"
import { addressFromName } from "../../chain/wallet.ts"
import { contractParameters, parameterName } from "../../sim/mechanisms/parameters.ts"
import { compiledContracts } from "../compiledContracts.ts"

const governance = addressFromName("governance")
const block = {
  number: 0n,
  timestampSeconds: 0n,
  prevRandao: `0x${"0".repeat(64)}`,
  coinbase: governance,
  gasLimit: 30_000_000n,
} as const

describe("the parameter registry", () => {
  let genesis: Genesis
  let suite: SuiteAddresses
  beforeAll(async () => {
    genesis = createGenesis({
      engine: await createEthereumJsEngine(),
      compiled: await compiledContracts(),
      block,
    })
    suite = await deploySuite({ genesis, governance, treasury: governance, genesisHolder: governance })
  })

  // Every contract with parameters offers the same functions.
  const read = { abi: taskContractAbi } as const

  it("lists exactly the parameters that the contracts declare", async () => {
    const contracts = [...new Set(contractParameters.map(({ contract }) => contract))]
    const declared: string[] = []
    for (const contract of contracts) {
      const to = addressOfContract(suite, contract)
      const keys = await genesis.read({ ...read, to, functionName: "parameterKeys", args: [] })
      declared.push(...keys.map((key) => parameterName({ contract, key: hexToString(key, { size: 32 }) })))
    }
    expect(contractParameters.map(parameterName)).toEqual(declared.sort())
  })

  it.each(contractParameters.map((parameter) => [parameterName(parameter), parameter] as const))(
    "%s has the contract's default and bounds",
    async (_name, parameter) => {
      const to = addressOfContract(suite, parameter.contract)
      const args = [stringToHex(parameter.key, { size: 32 })] as const
      expect(await genesis.read({ ...read, to, functionName: "parameter", args })).toBe(parameter.default)
      const bounds = await genesis.read({ ...read, to, functionName: "parameterBounds", args })
      expect(bounds).toEqual([parameter.min, parameter.max])
    },
  )
})
