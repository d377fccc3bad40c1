/** What the tuning relies on in EthereumJS beyond its public types. An update that changes it must fail here. */
import { readFileSync } from "node:fs"
import { createEVM } from "@ethereumjs/evm"
import { createAddressFromString } from "@ethereumjs/util"
import { expect, test } from "vitest"
import { analysisOf } from "../../chain/engine/ethereumjs/codeAnalysis.ts"
import { interpreterConstructor } from "../../chain/engine/ethereumjs/interpreter.ts"
import { createTunedEvm } from "../../chain/engine/ethereumjs/tunedEvm.ts"
import { account } from "./workbench.ts"

const versionOf = (name: string): unknown => {
  const file = new URL(`../../node_modules/@ethereumjs/${name}/package.json`, import.meta.url)
  return (JSON.parse(readFileSync(file, "utf8")) as { version: unknown }).version
}

test("the version is the one that was read", () => {
  const packages = ["evm", "vm", "common", "util", "statemanager", "tx", "block"]
  expect(packages.map(versionOf)).toEqual(packages.map(() => "10.1.3"))
})

test("the interpreter is reached through a custom opcode, and has the methods that are called", async () => {
  const { name, prototype } = await interpreterConstructor()
  expect(name).toBe("Interpreter")
  const methods = ["run", "runStep", "log", "_getValidJumpDestinations"]
  const kinds = methods.map((method) => typeof (prototype as unknown as Record<string, unknown>)[method])
  expect(kinds).toEqual(methods.map(() => "function"))
})

test("the tuned interpreter replaces EthereumJS's on its own instance and nowhere else", async () => {
  const { prototype } = await interpreterConstructor()
  const { evm } = await createTunedEvm()
  const stock = await createEVM()
  expect(Object.hasOwn(evm, "runInterpreter")).toBe(true)
  expect(Object.hasOwn(stock, "runInterpreter")).toBe(false)
  let stockSteps = 0
  const { runStep } = prototype
  prototype.runStep = function (...step: Parameters<typeof runStep>) {
    stockSteps++
    return runStep.apply(this, step)
  }
  try {
    const additions = Uint8Array.from([...Array.from({ length: 50 }, () => [0x60, 1]).flat(), 0x01, 0x01])
    const call = { caller: createAddressFromString(account(1)), gasLimit: 100_000n, data: additions }
    await evm.runCall(call)
    expect(stockSteps).toBe(0)
    await stock.runCall(call)
    expect(stockSteps).toBe(52)
  } finally {
    prototype.runStep = runStep
  }
})

test("the analysis finds EthereumJS's jump destinations and pushed values", async () => {
  const interpreter = await interpreterConstructor()
  const analyse = interpreter.prototype["_getValidJumpDestinations"] as (
    this: unknown,
    code: Uint8Array,
  ) => { jumps: Uint8Array; pushes: Record<number, bigint> }
  const stranger = { lookupOpInfo: () => undefined, common: { isActivatedEIP: () => false } }
  for (let seed = 1; seed < 200; seed++) {
    const code = Uint8Array.from(
      { length: seed },
      (_, index) => [0x5b, 0x60, 0x7f, 0x61, 0x01, seed][(index * seed + index) % 6] as number,
    )
    const { jumps, pushes } = analyse.call(stranger, code)
    const analysis = analysisOf(code)
    expect(analysis.jumpDestinations).toEqual(jumps)
    const ours = analysis.pushedValues.flatMap((value, at) =>
      value === undefined ? [] : [[at + 1, value] as const],
    )
    expect(new Map(ours)).toEqual(new Map(Object.entries(pushes).map(([at, value]) => [Number(at), value])))
  }
})

test("a code is analysed once, however often it runs", () => {
  const code = Uint8Array.of(0x5b, 0x60, 0x00, 0x56)
  expect(analysisOf(code)).toBe(analysisOf(code))
})

test("one code object stands for one code hash, whatever accounts hold it", async () => {
  const { state } = await createTunedEvm()
  const [a, b] = [createAddressFromString(account(1)), createAddressFromString(account(2))]
  await state.putCode(a, Uint8Array.of(1, 2, 3))
  await state.putCode(b, Uint8Array.of(1, 2, 3))
  expect(await state.getCode(a)).toBe(await state.getCode(b))
})
