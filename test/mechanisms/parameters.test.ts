import { type Abi, hexToString, stringToHex } from "viem"
import { beforeAll, describe, expect, it } from "vitest"
import { taskContractAbi } from "../../chain/abi/taskContract.ts"
import { createEthereumJsEngine } from "../../chain/engine/ethereumjs/createEthereumJsEngine.ts"
import { publicAbiOf, publicInterface } from "../../chain/publicInterface/publicInterface.ts"
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
    suite = await deploySuite({ genesis, governance, genesisHolder: governance, governedBy: "deployer" })
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

  /** A call whose ABI is known at run time only. */
  const dynamic = (functionName: string, args: readonly (number | bigint)[]) =>
    ({ functionName, args }) as { functionName: never; args: never }
  const withSetter = contractParameters.filter(({ publicSetter }) => publicSetter !== undefined)
  const withView = contractParameters.filter(({ publicView }) => publicView !== undefined)

  it("names by each public setter the very parameter, which the setter moves and its view shows", async () => {
    expect(withSetter.map(parameterName)).toContain("ForcedErrorRegistry.jackpotAmount")
    for (const { contract, key, max, publicSetter } of withSetter) {
      const to = addressOfContract(suite, contract)
      const abi = publicAbiOf(contract)
      const value = max - 1n
      const { functionName, args } = publicSetter!
      await genesis.call({ from: governance, to, abi, ...dynamic(functionName, [...args, value]) })
      const parameter = [stringToHex(key, { size: 32 })] as const
      expect(await genesis.read({ ...read, to, functionName: "parameter", args: parameter }), key).toBe(value)
    }
  })

  it("names by each public view the very parameter, whatever its value", async () => {
    expect(withView.map(parameterName)).toContain("ResultsRewards.bondBonus")
    for (const { contract, key, min, max, publicView } of withView) {
      const to = addressOfContract(suite, contract)
      const { functionName, args, offset = 0n } = publicView!
      for (const value of [min, max]) {
        const change = [stringToHex(key, { size: 32 }), value] as const
        await genesis.call({ ...read, from: governance, to, functionName: "setParameter", args: change })
        const shown = await genesis.read({ to, abi: publicAbiOf(contract), ...dynamic(functionName, args) })
        expect(String(shown), `${key} at ${value}`).toBe(String(value + offset))
      }
    }
  })

  it("knows every setter of a number that the public interface has", () => {
    const setters = Object.entries(publicInterface).flatMap(([contract, abi]) =>
      (abi as Abi).flatMap((item) =>
        item.type === "function" && item.name.startsWith("set") && item.inputs.at(-1)?.type === "uint256"
          ? [`${contract}.${item.name}`]
          : [],
      ),
    )
    const known = withSetter.map(({ contract, publicSetter }) => `${contract}.${publicSetter!.functionName}`)
    // Of a task or a project, and set by its own people.
    const notGoverned = ["Project.setMatureModel", "TaskContract.setCheckpointFrequency"]
    expect([...new Set([...known, ...notGoverned])].sort()).toEqual(setters.sort())
  })

  it("says by which call governance sets each", () => {
    for (const { contract, key, setBy } of contractParameters)
      expect(setBy).toBe(`${contract}.setParameter("${key}", value)`)
  })
})
