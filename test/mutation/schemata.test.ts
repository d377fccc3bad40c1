import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { type Hex, encodeFunctionData, parseAbi } from "viem"
import { afterAll, describe, expect, test } from "vitest"
import { contractOf } from "../../chain/compile/artifact.ts"
import { compileContracts } from "../../chain/compile/compileContracts.ts"
import { closeOverImports, readOwnSources } from "../../chain/compile/sources.ts"
import type { Engine } from "../../chain/engine/engine.ts"
import { addressFromName } from "../../chain/wallet.ts"
import { parseUnits } from "../../scripts/mutation/ast.ts"
import { findMutants, mutatedSource } from "../../scripts/mutation/findMutants.ts"
import { keyOf } from "../../scripts/mutation/mutant.ts"
import { switchNumber, switchedSources } from "../../scripts/mutation/schemata.ts"
import { Switchboard } from "../../scripts/mutation/switchboard.ts"

/** Has one of everything, nested, and a letter that takes two bytes: “é”. */
const source = `// SPDX-License-Identifier: MIT
pragma solidity 0.8.37;
contract Small {
    address public owner = msg.sender;
    uint256 public total; // é
    error TooMuch(uint256 amount);
    modifier onlyOwner() {
        if (msg.sender != owner) revert();
        _;
    }
    function add(uint256 amount) external onlyOwner {
        if (amount > 10 || amount + 1 == 5) revert TooMuch(amount);
        total += amount;
    }
    function sum(uint256 n) external pure returns (uint256 all) {
        _requireSmall(n);
        for (uint256 i; i <= n; i++) all = all + i;
        require(all != 6, "six");
    }
    function _requireSmall(uint256 n) private pure {
        if (n >= 8) revert();
    }
}
`
const directory = mkdtempSync(join(tmpdir(), "autonet-sim-mutation-"))
writeFileSync(join(directory, "Small.sol"), source)
afterAll(() => rmSync(directory, { recursive: true }))

const units = closeOverImports(readOwnSources(directory))
const trees = parseUnits(units)
const mutants = findMutants(units, trees)
const abi = parseAbi([
  "function add(uint256)",
  "function sum(uint256) view returns (uint256)",
  "function total() view returns (uint256)",
])
const [owner, stranger] = [addressFromName("owner"), addressFromName("stranger")]
const block = {
  number: 1n,
  timestampSeconds: 1n,
  prevRandao: `0x${"00".repeat(32)}`,
  coinbase: addressFromName("builder"),
  gasLimit: 30_000_000n,
} as const

/** All that can be seen of the contract from outside. */
const behaviour = async (engine: Engine, bytecode: Hex): Promise<string[]> => {
  const message = { value: 0n, gasLimit: 1_000_000n }
  const created = await engine.transact({ ...message, from: owner, to: null, data: bytecode }, block)
  const to = created.createdAddress ?? null
  const seen: string[] = [created.status]
  for (const n of [0n, 1n, 3n, 4n, 5n, 7n, 8n, 10n, 11n]) {
    for (const from of [owner, stranger]) {
      const data = encodeFunctionData({ abi, functionName: "add", args: [n] })
      const added = await engine.transact({ ...message, from, to, data }, block)
      seen.push(added.status + added.returnData)
    }
    const sum = encodeFunctionData({ abi, functionName: "sum", args: [n] })
    const summed = await engine.view({ ...message, from: owner, to, data: sum }, block)
    seen.push(summed.status + summed.returnData)
  }
  const data = encodeFunctionData({ abi, functionName: "total" })
  seen.push((await engine.view({ ...message, from: owner, to, data }, block)).returnData)
  return seen
}

const bytecodeOf = async (text: string): Promise<Hex> => {
  const suite = await compileContracts({ contractsDirectory: directory, overrides: { "Small.sol": text } })
  return contractOf(suite, "Small").bytecode
}

describe("the mutants of a contract", () => {
  test("are every check, guard, modifier, comparison, boundary and sign of it", () => {
    expect(mutants.map(keyOf).sort()).toEqual(
      [
        "Small.onlyOwner: negate comparison: msg.sender != owner",
        "Small.onlyOwner: delete check: if (msg.sender != owner) revert()",
        "Small.add: delete modifier: onlyOwner",
        "Small.add: delete check: if (amount > 10 || amount + 1 == 5) revert TooMuch(amount)",
        "Small.add: negate comparison: amount > 10",
        "Small.add: move boundary: amount > 10",
        "Small.add: negate comparison: amount + 1 == 5",
        "Small.add: flip sign: amount + 1",
        "Small.add: flip sign: total += amount",
        "Small.sum: delete guard: _requireSmall(n)",
        "Small.sum: negate comparison: i <= n",
        "Small.sum: move boundary: i <= n",
        "Small.sum: flip sign: i++",
        "Small.sum: flip sign: all + i",
        'Small.sum: delete check: require(all != 6, "six")',
        "Small.sum: negate comparison: all != 6",
        "Small._requireSmall: delete check: if (n >= 8) revert()",
        "Small._requireSmall: negate comparison: n >= 8",
        "Small._requireSmall: move boundary: n >= 8",
      ].sort(),
    )
  })

  test("behave behind their switches as they do in the source, and are none of them the contract itself", async () => {
    const switchboard = new Switchboard()
    const switched = await bytecodeOf(switchedSources(units, trees, mutants)["Small.sol"] as string)
    const original = await behaviour(await switchboard.createEngine(), await bytecodeOf(source))
    expect(await behaviour(await switchboard.createEngine(), switched)).toEqual(original)
    for (const [index, mutant] of mutants.entries()) {
      switchboard.on = 0
      const edited = await bytecodeOf(mutatedSource(source, mutant))
      const real = await behaviour(await switchboard.createEngine(), edited)
      switchboard.on = switchNumber(index)
      switchboard.asked.clear()
      const behind = await behaviour(await switchboard.createEngine(), switched)
      expect(behind, keyOf(mutant)).toEqual(real)
      expect(switchboard.asked.has(switchNumber(index)), keyOf(mutant)).toBe(true)
      expect(real, keyOf(mutant)).not.toEqual(original)
    }
  })
})
