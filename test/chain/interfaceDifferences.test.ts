import { type Abi, parseAbi } from "viem"
import { describe, expect, test } from "vitest"
import {
  interfaceDifferences,
  offersFunction,
  typesOf,
} from "../../chain/publicInterface/interfaceDifferences.ts"

const expected = parseAbi([
  "constructor(address token)",
  "function pool() view returns (uint256)",
  "function give(address to, uint256 amount) returns (bool)",
  "function pair() view returns (uint256 first, address second)",
  "function entry(uint256) view returns ((uint256 id, bool open)[])",
  "event Given(address indexed to, uint256 amount)",
])
const without = (name: string): Abi => expected.filter((item) => !("name" in item) || item.name !== name)
const compare = (actual: Abi, names = true) => interfaceDifferences(expected, actual, { names })
const replaced = (name: string, signatures: readonly string[], names?: boolean) =>
  compare([...without(name), ...(parseAbi(signatures) as Abi)], names)

describe("what an ABI lacks of an interface", () => {
  test("is nothing where it has all of it, in any order, and more", () => {
    const more = parseAbi(["function more()", "event More()", "function give(address to) returns (bool)"])
    expect(compare([...more, ...expected.toReversed()])).toEqual([])
  })

  test("names a function or an event that is missing", () => {
    expect(compare(without("pool"))).toEqual(["pool() is missing"])
    expect(compare(without("Given"))).toEqual(["event Given(address indexed to, uint256 amount) is missing"])
    expect(compare([])).toHaveLength(5)
  })

  test("names other arguments, other results and another kind", () => {
    expect(replaced("give", ["function give(uint256 amount, address to) returns (bool)"])).toEqual([
      "give takes (uint256,address) instead of (address,uint256)",
    ])
    expect(
      replaced("give", ["function give(address to) returns (bool)", "function give() returns (bool)"]),
    ).toEqual(["give takes (address) or () instead of (address,uint256)"])
    expect(replaced("pool", ["function pool() view returns (uint128)"])).toEqual([
      "pool returns (uint128) instead of (uint256)",
    ])
    expect(replaced("pool", ["function pool() returns (uint256)"])).toEqual([
      "pool is a call instead of a view",
    ])
    expect(replaced("pool", ["function pool() pure returns (uint256)"])).toEqual([])
    expect(replaced("give", ["function give(address, uint256) payable returns (bool)"])).toEqual([])
    expect(replaced("give", ["function give(address, uint256) view returns (bool)"])).toEqual([
      "give is a view instead of a call",
    ])
  })

  test("names an event with another type or another index, and not one that is there among others", () => {
    expect(replaced("Given", ["event Given(address to, uint256 amount)"])).toEqual([
      "event Given(address to, uint256 amount) instead of Given(address indexed to, uint256 amount)",
    ])
    expect(
      replaced("Given", [
        "event Given(address indexed to, uint128 amount)",
        "event Given(address indexed to, uint256 amount)",
      ]),
    ).toEqual([])
  })

  test("counts names of several results, of fields and of event arguments only where they are asked for", () => {
    const renamed = [
      ["pair", "function pair() view returns (uint256 one, address second)"],
      ["entry", "function entry(uint256) view returns ((uint256 key, bool open)[])"],
      ["Given", "event Given(address indexed receiver, uint256 amount)"],
    ] as const
    for (const [name, signature] of renamed) {
      expect(replaced(name, [signature]), name).toHaveLength(1)
      expect(replaced(name, [signature], false), name).toEqual([])
    }
    expect(replaced("pool", ["function pool() view returns (uint256 size)"])).toEqual([])
    expect(
      replaced("entry", ["function entry(uint256 id) view returns ((uint256 id, bool open)[])"]),
    ).toEqual([])
  })
})

test("a function is offered with the same arguments and results only", () => {
  const [commit] = parseAbi(["function commit(bytes32 hash)"])
  expect(offersFunction(parseAbi(["function commit(bytes32 other)"]), commit)).toBe(true)
  expect(offersFunction(parseAbi(["function commit(bytes32 hash, bytes32 salt)"]), commit)).toBe(false)
  expect(offersFunction([], commit)).toBe(false)
})

test("tuples are written out with their fields", () => {
  const inner = { type: "tuple[2]", components: [{ type: "bool" }, { type: "address" }] } as const
  const outer = { type: "tuple[]", components: [{ type: "uint256", name: "a" }, inner] } as const
  expect(typesOf([outer, { type: "bytes", name: "g" }])).toBe("(uint256,(bool,address)[2])[],bytes")
})
