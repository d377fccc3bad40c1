import { Cause, Effect, Exit } from "effect"
import type { Abi } from "viem"
import { expect, test } from "vitest"
import type { Chain } from "../../chain/chain.ts"
import { bindContract } from "../../chain/contract.ts"
import { ContractReadError, TransactionReverted } from "../../chain/errors.ts"
import { type Wallet, addressFromName } from "../../chain/wallet.ts"
import { chainOnKernel } from "./chainOnKernel.ts"
import { compileWorkbench } from "./workbench.ts"

type Method = (args?: readonly unknown[]) => Effect.Effect<unknown, unknown, Chain | Wallet>
type Methods = Readonly<Record<string, Method>>

/** Runs a program that is given the workbench, its methods untyped: the types have a test of their own. */
const withWorkbench = async (
  program: (bench: {
    read: Methods
    write: Methods
    simulate: Methods
  }) => Effect.Effect<unknown, unknown, Chain | Wallet>,
) => {
  const { kernel, agent, address } = await chainOnKernel()
  const abi: Abi = (await compileWorkbench()).abi
  const bench = bindContract(abi, address, { name: "Workbench" })
  agent("alice", program(bench as unknown as { read: Methods; write: Methods; simulate: Methods }))
  await kernel.run()
}

const failureOf = (effect: Effect.Effect<unknown, unknown, Chain | Wallet>) =>
  Effect.map(Effect.exit(effect), (exit) => (Exit.isFailure(exit) ? Cause.squash(exit.cause) : "no failure"))

const alice = addressFromName("alice")

test("several results come by name where all have names, else in order; one comes alone", () =>
  withWorkbench(({ read }) =>
    Effect.gen(function* () {
      expect(yield* read["whereAmI"]!()).toMatchObject({ number: 0n, timestamp: 1_700_000_000n })
      expect(yield* read["pair"]!()).toEqual([42n, true])
      expect(yield* read["limited"]!([7n])).toBe(7n)
      expect(yield* read["echo"]!([[1n, 2n], "0xabcd"])).toEqual([[1n, 2n], "0xabcd"])
    }),
  ))

test("overloaded functions have no method", () =>
  withWorkbench(({ read }) => Effect.sync(() => expect(read["over"]).toBeUndefined())))

test("a simulation returns what the transaction would, from the wallet's account, and changes nothing", () =>
  withWorkbench(({ read, write, simulate }) =>
    Effect.gen(function* () {
      yield* write["store"]!([1n, 5n, "x"])
      expect(yield* simulate["store"]!([1n, 6n, "y"])).toBe(5n)
      expect(yield* read["cells"]!([1n])).toBe(5n)
      expect(yield* read["entries"]!([alice])).toEqual({ owner: alice, amount: 5n, note: "x" })
    }),
  ))

test.each([
  {
    name: "limited",
    args: [101n],
    reason: "TooMuch(101, 100)",
    errorName: "TooMuch",
    errorArgs: [101n, 100n],
  },
  { name: "complain", args: ["because"], reason: "because", errorName: "Error", errorArgs: ["because"] },
  { name: "complain", args: [""], reason: "", errorName: "Error", errorArgs: [""] },
  {
    name: "overflow",
    args: [9],
    reason: "panic 0x11 (arithmetic overflow)",
    errorName: "Panic",
    errorArgs: [0x11n],
  },
  { name: "burnGas", args: [], reason: "invalid opcode", errorName: undefined, errorArgs: [] },
])("reading $name fails with: $reason", ({ name, args, reason, errorName, errorArgs }) =>
  withWorkbench(({ read }) =>
    Effect.gen(function* () {
      const error = yield* failureOf(read[name]!(args))
      expect(error).toBeInstanceOf(ContractReadError)
      expect(error).toMatchObject({ contract: "Workbench", function: name, reason, args: errorArgs })
      expect((error as ContractReadError).errorName).toBe(errorName)
    }),
  ),
)

test("a reverted transaction is a typed error with sender, reason and the gas that it cost", () =>
  withWorkbench(({ write }) =>
    Effect.gen(function* () {
      const error = yield* failureOf(write["nest"]!([3n, 3n]))
      expect(error).toBeInstanceOf(TransactionReverted)
      expect(error).toMatchObject({
        contract: "Workbench",
        function: "nest",
        from: alice,
        reason: "TooMuch(3, 3)",
      })
      expect((error as TransactionReverted).gasUsed).toBeGreaterThan(21_000n)
    }),
  ))

test("structs in an error's arguments are shown", () =>
  withWorkbench(({ read }) =>
    Effect.gen(function* () {
      const error = yield* failureOf(read["refuse"]!(["go"]))
      const nobody = "0x0000000000000000000000000000000000000000"
      expect(error).toMatchObject({ reason: `Refused(${nobody}, [${nobody}, 7, go])` })
    }),
  ))

test("arguments that do not fit the ABI never reach the chain", () =>
  withWorkbench(({ read }) =>
    Effect.gen(function* () {
      const exit = yield* Effect.exit(Effect.suspend(() => read["limited"]!(["not a number"])))
      expect(Exit.isFailure(exit) && Cause.hasDies(exit.cause)).toBe(true)
    }),
  ))
