/** What the compiler refuses and infers; `tsc` is the judge, the assertions at run time are empty. */
import type { Effect } from "effect"
import { type Address, type Hex, parseAbi } from "viem"
import { expect, expectTypeOf, test } from "vitest"
import type { Chain } from "../../chain/chain.ts"
import { bindContract } from "../../chain/contract.ts"
import type { ContractReadError } from "../../chain/errors.ts"
import type { WriteError } from "../../chain/contractTypes.ts"
import type { ChainLog, Receipt } from "../../chain/transaction.ts"
import type { Wallet } from "../../chain/wallet.ts"
import { account } from "./workbench.ts"

const abi = parseAbi([
  "function balanceOf(address owner) view returns (uint256)",
  "function totalSupply() view returns (uint256)",
  "function getStake(address participant) view returns (uint256 amount, uint8 role, uint256 lockupUntil, bool active)",
  "function pair() view returns (uint256, bool)",
  "function stake(uint8 role, uint256 amount)",
  "function poke()",
  "function over(uint256 a) view returns (uint256)",
  "function over(bool a) view returns (bool)",
  "event Staked(address indexed who, uint8 role, uint256 amount)",
])
const bound = bindContract(abi, account(1))

test("what a read gives", () => {
  expectTypeOf(bound.read.balanceOf([account(1)])).toEqualTypeOf<
    Effect.Effect<bigint, ContractReadError, Chain>
  >()
  expectTypeOf(bound.read.totalSupply()).toEqualTypeOf<Effect.Effect<bigint, ContractReadError, Chain>>()
  type Stake = Effect.Success<ReturnType<typeof bound.read.getStake>>
  expectTypeOf<Stake>().toEqualTypeOf<{
    readonly amount: bigint
    readonly role: number
    readonly lockupUntil: bigint
    readonly active: boolean
  }>()
  expectTypeOf<Effect.Success<ReturnType<typeof bound.read.pair>>>().toEqualTypeOf<
    readonly [bigint, boolean]
  >()
})

test("what a write needs and gives", () => {
  expectTypeOf(bound.write.stake([1, 5n], { priorityFeeWeiPerGas: 1n })).toEqualTypeOf<
    Effect.Effect<Receipt, WriteError, Chain | Wallet>
  >()
  expectTypeOf(bound.write.poke).toBeCallableWith()
})

test("what an event holds", () => {
  type Args = ReturnType<typeof bound.events.Staked.find>
  expectTypeOf<Args>().toEqualTypeOf<{ who: Address; role: number; amount: bigint }>()
  expectTypeOf(bound.events.Staked.topic).toEqualTypeOf<Hex>()
  expectTypeOf(bound.events.Staked.findAll).parameter(0).toEqualTypeOf<readonly ChainLog[]>()
})

/** Never called; each line must be an error. */
const wrongCalls = () => {
  // @ts-expect-error -- no address
  void bound.read.balanceOf([5n])
  // @ts-expect-error -- an argument is missing
  void bound.read.balanceOf()
  // @ts-expect-error -- one too many
  void bound.read.totalSupply([1n])
  // @ts-expect-error -- amounts are bigint
  void bound.write.stake([1, 5])
  // @ts-expect-error -- the wrong order
  void bound.write.stake([5n, 1])
  // @ts-expect-error -- options have no such field
  void bound.write.stake([1, 5n], { gas: 5n })
  // @ts-expect-error -- a view is no transaction
  void bound.write.balanceOf
  // @ts-expect-error -- a transaction is no view
  void bound.read.stake
  // @ts-expect-error -- there is no such function
  void bound.read.nothing
  // @ts-expect-error -- an overloaded name does not say which
  void bound.read.over
  // @ts-expect-error -- there is no such event
  void bound.events.Nothing
}

test("wrong arguments do not type-check", () => {
  expectTypeOf(wrongCalls).toBeFunction()
  expect(wrongCalls).toBeInstanceOf(Function)
})
